using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// Shows persons to callers: the fewest fields of the caller's roles (P-05), only inside the territory (P-06), and a line in the
/// access log for each (P-07). The only way from a person's row to somebody's eyes. Safe for all threads.
/// </summary>
public sealed class PersonViews(RegistersSettings settings, LocalDays days)
{
    /// <summary>
    /// The persons of these ids that the caller may see, in the order of the ids; others are left out as if they did not exist.
    /// The unit's scope names the counties of the rows; what is returned is shown after its commit.
    /// </summary>
    public IReadOnlyList<PersonView> Show(WriteSession session, Caller caller, Purpose purpose, string action, IReadOnlyCollection<Guid> ids)
    {
        var rows = session.Query<PersonRow>($"SELECT * FROM person WHERE id {session.InIds("ids")}", new { ids = session.Keys(ids.Distinct()) })
            .ToDictionary(p => p.Id);
        var today = days.DateOf(session.Now);
        var seen = ids.Where(rows.ContainsKey).Select(id => (Row: rows[id], Fields: FieldsFor(caller, rows[id], today)))
            .Where(p => p.Fields != PersonFields.None).ToList();
        return Show(session, purpose, action, seen, today);
    }

    /// <summary>What the caller may see of this row.</summary>
    internal PersonFields FieldsFor(Caller caller, PersonRow row, DateOnly today) => FieldsOfRole.Of(
        caller, row.Residence, row.PresentPlace, row.PresentOwner, AgeBands.AgeOf(row.Birth, today) < settings.GuardianUnderAge);

    internal static IReadOnlyList<PersonView> Show(
        WriteSession session, Purpose purpose, string action, IReadOnlyList<(PersonRow Row, PersonFields Fields)> seen, DateOnly today)
    {
        if (seen.Count == 0)
            return [];
        foreach (var same in seen.GroupBy(p => (p.Row.Owner, p.Fields)))
            AccessLog.RecordAll(session, same.Key.Owner, purpose, action, [.. same.Select(p => new Ref("person", p.Row.Id))], FieldsOfRole.Names(same.Key.Fields));
        // Rows that follow a person keep their own documents and phones, and are shown with that person's.
        var follows = Following(session, [.. seen.Select(p => p.Row.Id)]);
        var owners = seen.Select(p => p.Row.Owner).Concat(follows.Values.Select(f => f.Owner)).Distinct();
        var args = new { owners = session.Keys(owners), ids = session.Keys(seen.Select(p => p.Row.Id).Concat(follows.Keys)) };
        Guid Whose(Guid person) => follows.TryGetValue(person, out var follower) ? follower.Of : person;
        var documents = session.Query<DocumentRow>(
            $"SELECT owner, doc_key, person, doc_type, masked, sealed FROM person_document WHERE owner {session.In("owners")} AND person {session.InIds("ids")}", args)
            .ToLookup(d => Whose(d.Person), d => new DocumentView(d.DocType, d.Masked));
        var phones = session.Query<PhoneRow>(
            $"SELECT * FROM person_phone WHERE owner {session.In("owners")} AND person {session.InIds("ids")}", args)
            .DistinctBy(p => (Whose(p.Person), p.PhoneKey)).ToLookup(p => Whose(p.Person), p => p.Masked);
        var addresses = PlaceTree.FullNames(session, [.. seen.Where(p => p.Fields.HasFlag(PersonFields.Address)).Select(p => p.Row.Residence)]);
        return [.. seen.Select(p => View(p.Row, p.Fields, documents[p.Row.Id], phones[p.Row.Id], addresses, today))];
    }

    /// <summary>All rows that follow one of these, directly or through others, and which of these it is.</summary>
    static Dictionary<Guid, (string Owner, Guid Of)> Following(Session session, List<Guid> ids)
    {
        var found = new Dictionary<Guid, (string Owner, Guid Of)>();
        for (var last = ids; last.Count > 0;)
        {
            var next = session.Each<Follower>("SELECT owner, id, merged_into FROM person WHERE merged_into = @key", last).FindAll(f => !found.ContainsKey(f.Id));
            foreach (var follower in next)
                found[follower.Id] = (follower.Owner, found.TryGetValue(follower.MergedInto, out var above) ? above.Of : follower.MergedInto);
            last = next.ConvertAll(f => f.Id);
        }
        return found;
    }

    sealed class Follower
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public Guid MergedInto { get; init; }
    }

    static PersonView View(
        PersonRow row, PersonFields fields, IEnumerable<DocumentView> documents, IEnumerable<string> phones, Dictionary<string, string> addresses, DateOnly today)
    {
        T? If<T>(PersonFields field, T value) => fields.HasFlag(field) ? value : default;
        return new PersonView
        {
            Id = row.Id,
            Version = row.Version,
            Name = If(PersonFields.Name, row.Name),
            FirstName = If(PersonFields.FirstName, FirstNameOf(row.Name)),
            Documents = If(PersonFields.MaskedDocument, documents.ToList()),
            Sex = If<Sex?>(PersonFields.Sex, row.Sex),
            Age = If(PersonFields.Age, AgeBands.AgeOf(row.Birth, today)),
            Birth = If(PersonFields.Birth, row.Birth),
            Residence = If(PersonFields.Address, row.Residence),
            Address = If(PersonFields.Address, addresses.GetValueOrDefault(row.Residence)),
            Household = If(PersonFields.Household, row.Household),
            Phones = If(PersonFields.MaskedPhone, phones.ToList()),
            SpecialGroups = If(PersonFields.SpecialGroups, SpecialGroupWords.Of(row.SpecialGroups)),
            Present = If(PersonFields.Present, new PresentView(row.PresentKind, row.PresentOwner, row.PresentPlace, row.PresentSince)),
            Guardian = If(PersonFields.Guardian, row.Guardian),
            Workplace = If(PersonFields.Work, row.Workplace),
            RiskPost = If(PersonFields.Work, row.RiskPost),
        };
    }

    static readonly string[] DoubleFamilyNames =
        ["欧阳", "司马", "诸葛", "上官", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "端木", "夏侯", "宇文", "长孙", "南宫"];

    /// <summary>Without the family name: one Chinese character, two of a double name, or what stands behind the last blank.</summary>
    internal static string FirstNameOf(string name)
    {
        if (name.Length < 2)
            return name;
        if (name[0] is < '\u4e00' or > '\u9fff')
            return name.Split(' ', '·')[0];
        return Array.Exists(DoubleFamilyNames, d => name.StartsWith(d, StringComparison.Ordinal)) && name.Length > 2 ? name[2..] : name[1..];
    }
}
