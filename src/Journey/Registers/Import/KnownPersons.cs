using System.Text.Json;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>What the register already knows about the people of one unit of an import: loaded with a handful of set queries.</summary>
sealed class KnownPersons
{
    /// <summary>Who holds which document, of all that the unit names.</summary>
    public Dictionary<Guid, PersonRow> Holders { get; private init; } = [];

    /// <summary>Living rows of the same name and birth, by county, name and birth.</summary>
    public Dictionary<(string Owner, string NameKey, string Birth), List<Known>> Namesakes { get; private init; } = [];

    /// <summary>Rows that have one of the unit's phones and are called alike, by phone and name.</summary>
    public Dictionary<(Guid Phone, string NameKey), List<Known>> PhoneMates { get; private init; } = [];

    /// <summary>The phones of holders and namesakes.</summary>
    public Dictionary<Guid, HashSet<Guid>> PhonesOf { get; private init; } = [];

    /// <summary>Holders and namesakes that have an ID card.</summary>
    public HashSet<Guid> WithIdCard { get; private init; } = [];

    /// <summary>Holders and namesakes that have any document.</summary>
    public HashSet<Guid> WithDocument { get; private init; } = [];

    /// <summary>Whether anybody, in the store or in the unit, has an ID number of 15 digits.</summary>
    public bool AnyShort { get; private init; }

    public static KnownPersons Load(Session session, IReadOnlyList<SealedPerson> rows)
    {
        var anyShort = rows.Any(r => r.Person.DocNo?.Length == 15) || session.Query<long>(
            "SELECT 1 FROM person_document WHERE doc_type = 1 AND length(masked) = 15 LIMIT 1").Count > 0;
        var holders = LoadHolders(session, rows, anyShort);
        var namesakes = LoadNamesakes(session, rows);
        var mates = LoadPhoneMates(session, rows);
        Guid[] ids = [.. holders.Values.Select(h => h.Id).Concat(namesakes.Values.SelectMany(n => n).Select(n => n.Id)).Distinct()];
        var owners = holders.Values.Select(h => h.Owner).Concat(namesakes.Keys.Select(k => k.Item1)).Distinct().ToList();
        var phones = new Dictionary<Guid, HashSet<Guid>>();
        var (withCard, withDocument) = (new HashSet<Guid>(), new HashSet<Guid>());
        if (ids.Length > 0)
        {
            var args = new { owners = session.Keys(owners), ids = session.Keys(ids) };
            foreach (var phone in session.Query<PersonKey>(
                $"SELECT person, phone_key AS key FROM person_phone WHERE owner {session.In("owners")} AND person {session.InIds("ids")}", args))
                (phones.TryGetValue(phone.Person, out var own) ? own : phones[phone.Person] = []).Add(phone.Key);
            foreach (var document in session.Query<PersonKey>(
                $"SELECT person, doc_type AS type FROM person_document WHERE owner {session.In("owners")} AND person {session.InIds("ids")}", args))
            {
                withDocument.Add(document.Person);
                if (document.Type == DocType.IdCard)
                    withCard.Add(document.Person);
            }
        }
        return new KnownPersons
        {
            AnyShort = anyShort,
            Holders = holders,
            Namesakes = namesakes,
            PhoneMates = mates,
            PhonesOf = phones,
            WithIdCard = withCard,
            WithDocument = withDocument,
        };
    }

    static Dictionary<Guid, PersonRow> LoadHolders(Session session, IReadOnlyList<SealedPerson> rows, bool anyShort)
    {
        var keys = new HashSet<Guid>(rows.Count);
        foreach (var row in rows)
        {
            if (row.DocKey is { } key)
                keys.Add(key);
            if (row.GuardianKey is { } guardian)
                keys.Add(guardian);
            if (anyShort && row.OtherDocKey is { } other)
                keys.Add(other);
        }
        var found = session.Each<PersonKey>("SELECT doc_key AS key, person FROM person_document WHERE doc_key = @key", keys);
        var persons = found.Count == 0 ? [] : session.Query<PersonRow>($"SELECT * FROM person WHERE id {session.InIds("ids")}",
            new { ids = session.Keys(found.Select(f => f.Person).Distinct()) }).ToDictionary(p => p.Id);
        var holders = found.GroupBy(f => f.Key).ToDictionary(f => f.Key, f => persons[f.Select(d => d.Person).Min()]);
        // Whom intake met with a document that nobody had is a temporary identity whose id is the document's key.
        foreach (var met in session.Each<PersonRow>("SELECT * FROM person WHERE id = @key AND temporary IS NOT NULL", keys))
            holders.TryAdd(met.Id, met);
        return holders;
    }

    static Dictionary<(string, string, string), List<Known>> LoadNamesakes(Session session, IReadOnlyList<SealedPerson> rows)
    {
        var found = new Dictionary<(string, string, string), List<Known>>();
        foreach (var county in rows.Where(r => r.Person.Birth is not null).GroupBy(r => r.Person.Owner))
        {
            var pairs = county.Select(r => (r.Person.NameKey, Birth: r.Person.Birth!)).Distinct().ToList();
            const string Columns = "p.id, p.name_key, p.birth, p.residence";
            var query = session.Kind == StoreKind.Sqlite
                ? session.Query<Known>(
                    // Without statistics SQLite would read the whole county for each pair: the index is named.
                    $"SELECT {Columns} FROM json_each(@pairs) j CROSS JOIN person p INDEXED BY person_name"
                    + " WHERE p.owner = @owner AND p.name_key = j.value ->> 0 AND p.birth = j.value ->> 1 AND p.merged_into IS NULL",
                    new { owner = county.Key, pairs = JsonSerializer.Serialize(pairs.ConvertAll(p => new[] { p.NameKey, p.Birth })) })
                : session.Query<Known>(
                    $"SELECT {Columns} FROM unnest(@names::text[], @births::text[]) AS j(name_key, birth)"
                    + " JOIN person p ON p.owner = @owner AND p.name_key = j.name_key AND p.birth = j.birth WHERE p.merged_into IS NULL",
                    new { owner = county.Key, names = pairs.ConvertAll(p => p.NameKey).ToArray(), births = pairs.ConvertAll(p => p.Birth).ToArray() });
            foreach (var known in query)
                (found.TryGetValue((county.Key, known.NameKey, known.Birth), out var list) ? list : found[(county.Key, known.NameKey, known.Birth)] = []).Add(known);
        }
        return found;
    }

    static Dictionary<(Guid, string), List<Known>> LoadPhoneMates(Session session, IReadOnlyList<SealedPerson> rows)
    {
        var keys = new HashSet<Guid>(rows.Count);
        var wanted = new HashSet<(Guid, string)>(rows.Count);
        foreach (var row in rows)
            foreach (var (key, _, _) in row.Phones)
            {
                keys.Add(key);
                wanted.Add((key, row.Person.NameKey));
            }
        var found = new Dictionary<(Guid, string), List<Known>>();
        foreach (var mate in session.Query<Known>(
            "SELECT f.phone_key, p.id, p.name_key, p.birth, p.residence FROM person_phone f JOIN person p ON p.owner = f.owner AND p.id = f.person"
            + $" WHERE f.phone_key {session.InIds("keys")} AND p.merged_into IS NULL", new { keys = session.Keys(keys) }))
            if (wanted.Contains((mate.PhoneKey, mate.NameKey)))
                (found.TryGetValue((mate.PhoneKey, mate.NameKey), out var list) ? list : found[(mate.PhoneKey, mate.NameKey)] = []).Add(mate);
        return found;
    }

    sealed class PersonKey
    {
        public Guid Person { get; init; }

        public Guid Key { get; init; }

        public DocType Type { get; init; }
    }
}

/// <summary>A row of the register that may be the same person.</summary>
sealed class Known
{
    public Guid Id { get; init; }

    public Guid PhoneKey { get; init; }

    public string NameKey { get; init; } = "";

    public string Birth { get; init; } = "";

    public string Residence { get; init; } = "";
}
