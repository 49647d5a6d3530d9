using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Finds persons for other modules, by sets of keys and across counties. Reveals nothing, so it writes no access log.</summary>
public static class PersonDirectory
{
    /// <summary>
    /// The persons who hold these documents, by document key (<see cref="DocumentKeys.Of(Keyring, DocType, string)"/>). A person who was
    /// merged into another is answered by the row that the document stands on: follow <see cref="PersonRef.MergedInto"/> with
    /// <see cref="Current"/>. A document that two counties hold is answered by the row that was registered first.
    /// </summary>
    public static Dictionary<Guid, PersonRef> ByDocuments(Session session, IReadOnlyCollection<Guid> docKeys)
    {
        var found = new Dictionary<Guid, PersonRef>(docKeys.Count);
        if (docKeys.Count == 0)
            return found;
        // CROSS JOIN keeps SQLite's planner from starting with the persons.
        var holders = session.Each<Holder>(
            $"SELECT d.doc_key, {Columns} FROM person_document d CROSS JOIN person p WHERE d.doc_key = @key AND p.id = d.person", docKeys);
        foreach (var holder in holders.OrderBy(h => h.Id))
            found.TryAdd(holder.DocKey, holder);
        return found;
    }

    /// <summary>The persons of these ids, those that are there.</summary>
    public static Dictionary<Guid, PersonRef> ByIds(Session session, IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count == 0)
            return [];
        return session.Each<PersonRef>($"SELECT {PersonRef.Columns} FROM person WHERE id = @key", ids).ToDictionary(p => p.Id);
    }

    /// <summary>
    /// The row that stands for each of these persons now: merged rows are followed to their end. The key is the id asked for.
    /// </summary>
    public static Dictionary<Guid, PersonRef> Current(Session session, IReadOnlyCollection<Guid> ids)
    {
        var found = ByIds(session, ids);
        for (var round = 0; round < LongestChain; round++)
        {
            var merged = found.Where(p => p.Value.MergedInto is not null).ToList();
            if (merged.Count == 0)
                return found;
            var next = ByIds(session, merged.ConvertAll(p => p.Value.MergedInto!.Value));
            foreach (var (asked, row) in merged)
                found[asked] = next.TryGetValue(row.MergedInto!.Value, out var survivor)
                    ? survivor
                    : throw new CorruptException("person.merged_into", $"names {row.MergedInto:N}, which is not there");
        }
        throw new CorruptException("person.merged_into", "goes round in a circle");
    }

    /// <summary>These rows and all that follow them, directly or through others: what is known of a person under any of their ids.</summary>
    public static List<Guid> AllOf(Session session, IReadOnlyCollection<Guid> ids)
    {
        var all = ids.ToHashSet();
        List<Guid> last = [.. all];
        while (last.Count > 0)
            last = session.Each<Guid>("SELECT id FROM person WHERE merged_into = @key", last).FindAll(all.Add);
        return [.. all];
    }

    /// <summary>A row can follow one that follows another, and so on; longer than this is a circle.</summary>
    const int LongestChain = 200;

    /// <summary>
    /// Registers somebody without a document (INV-19): a newborn, a lost card, an unconscious patient. The identity is unknown
    /// until a document is linked, and keeps its id then, so that tubes, stays and duties stay with it.
    /// </summary>
    /// <param name="session">The unit of the fact that needs the person.</param>
    /// <param name="owner">The county that is responsible.</param>
    /// <param name="person">What is known; the descriptors are the only way to know the person again.</param>
    public static PersonRef AddTemporary(WriteSession session, string owner, NewTemporaryPerson person)
    {
        var row = Temporary(session, owner, person);
        session.Insert(PersonRow.Rows, [row]);
        session.Insert(StayRow.Rows, [StayRow.First(row)]);
        NameTerms.Keep(session, [(row.Owner, row.Name, row.NameKey)]);
        session.Trail(owner, "register_temporary", new Ref("person", row.Id), detail: new { confidence = "unknown", guardian = person.Guardian });
        return row.Ref();
    }

    /// <summary>As the other for many, with one line of the trail for each county; the answers stand in the order asked.</summary>
    public static IReadOnlyList<PersonRef> AddTemporaries(WriteSession session, IReadOnlyCollection<(string Owner, NewTemporaryPerson Person)> persons)
    {
        var rows = persons.Select(p => Temporary(session, p.Owner, p.Person)).ToList();
        session.Insert(PersonRow.Rows, rows);
        session.Insert(StayRow.Rows, rows.ConvertAll(StayRow.First));
        NameTerms.Keep(session, rows.Select(r => (r.Owner, r.Name, r.NameKey)));
        foreach (var county in rows.GroupBy(r => r.Owner))
            session.Trail(county.Key, "register_temporaries", new Ref("county", county.Key), detail: new { persons = county.Count(), confidence = "unknown" });
        return rows.ConvertAll(r => r.Ref());
    }

    static PersonRow Temporary(WriteSession session, string owner, NewTemporaryPerson person)
    {
        var name = string.IsNullOrWhiteSpace(person.Name) ? "" : person.Name.Trim();
        return new PersonRow
        {
            Owner = owner,
            Id = person.Id ?? session.NewId(),
            Name = name,
            NameKey = NameKeys.Of(name),
            Sex = person.Sex,
            Birth = person.Birth,
            Residence = person.Residence,
            Household = person.Household,
            Guardian = person.Guardian,
            Confidence = IdentityConfidence.Unknown,
            Temporary = person.Descriptors,
            PresentOwner = person.PresentPlace is { } at ? Kernel.Codes.PlaceCode.OwnerOf(at) : owner,
            PresentKind = person.PresentPlace is null || person.PresentPlace == person.Residence ? PresentKind.Residence : PresentKind.Elsewhere,
            PresentPlace = person.PresentPlace ?? person.Residence,
            PresentSince = session.Now,
            CreatedAt = session.Now,
            Source = person.Source,
        };
    }

    static readonly string Columns = string.Join(", ", PersonRef.Columns.Split(", ").Select(c => "p." + c));

    sealed class Holder : PersonRef
    {
        public Guid DocKey { get; init; }
    }
}

/// <summary>What is known of somebody without a document.</summary>
public sealed record NewTemporaryPerson
{
    /// <summary>An id minted by the device, so that a resend makes nobody twice; null: a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>A name, if any is known.</summary>
    public string? Name { get; init; }

    public Sex Sex { get; init; }

    /// <summary>yyyy-MM-dd or yyyy, as far as known.</summary>
    public string? Birth { get; init; }

    /// <summary>What the person looks like and where found, in words; no photograph.</summary>
    public required string Descriptors { get; init; }

    /// <summary>The place code where the person lives or, when that is unknown, was met; community level or finer.</summary>
    public required string Residence { get; init; }

    /// <summary>Where the person is now, when it is not the residence.</summary>
    public string? PresentPlace { get; init; }

    public Guid? Household { get; init; }

    /// <summary>Who answers for a child under 14 (P-18).</summary>
    public Guid? Guardian { get; init; }

    /// <summary>device, desk or sampling.</summary>
    public string Source { get; init; } = "device";
}
