using System.Runtime.InteropServices;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>The persons of a scan, column by column: a million in about 120 MB. Filled once, then read by several threads.</summary>
sealed class PersonTable
{
    readonly Dictionary<string, int> nameNumbers = new(StringComparer.Ordinal);
    readonly Dictionary<Guid, int> households = [];
    readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);

    public List<Guid> Ids { get; } = [];

    public List<string> Owners { get; } = [];

    /// <summary>The number of the name key; names that are equal have one.</summary>
    public List<int> Names { get; } = [];

    /// <summary>By the number of the name.</summary>
    public List<NameForm> Forms { get; } = [];

    /// <summary>yyyymmdd; yyyy0000 where only the year is known; 0 where nothing is.</summary>
    public List<int> Births { get; } = [];

    public List<byte> Sexes { get; } = [];

    /// <summary>0: none.</summary>
    public List<int> Households { get; } = [];

    public List<int> Residences { get; } = [];

    public List<long> Created { get; } = [];

    /// <summary>Phone by phone: who has it, of phones that two to fifty have.</summary>
    public List<int[]> Phones { get; } = [];

    /// <summary>Pairs with a document in common, and what kind of evidence that is.</summary>
    public List<(int A, int B, PairEvidence What)> Documents { get; } = [];

    public Dictionary<Guid, int> Places { get; } = [];

    /// <summary>More than a household and its relations: the phone of a street office, which tells nothing.</summary>
    const int MostOnPhone = 50;

    public static PersonTable Load(Session session, Keyring keyring, string? county, Action<long> loaded)
    {
        var table = new PersonTable();
        foreach (var row in session.Stream<Line>(
            "SELECT id, owner, name, name_key, birth, sex, residence, household, created_at FROM person WHERE merged_into IS NULL"
            + (county is null ? "" : " AND owner = @county"), new { county }))
        {
            table.Add(row);
            if (table.Ids.Count % 50_000 == 0)
                loaded(table.Ids.Count);
        }
        table.LoadPhones(session);
        table.LoadDocuments(session, keyring);
        return table;
    }

    void Add(Line row)
    {
        if (!nameNumbers.TryGetValue(row.NameKey, out var name))
        {
            nameNumbers.Add(row.NameKey, name = Forms.Count);
            Forms.Add(NameForm.Of(row.Name, row.NameKey));
        }
        Places.Add(row.Id, Ids.Count);
        Ids.Add(row.Id);
        Owners.Add(CollectionsMarshal.GetValueRefOrAddDefault(owners, row.Owner, out _) ??= row.Owner);
        Names.Add(row.NameKey.Length == 0 ? -1 : name);
        Births.Add(Number(row.Birth));
        Sexes.Add((byte)row.Sex);
        Households.Add(row.Household is { } household ? Numbered(household) : 0);
        Residences.Add(row.Residence.GetHashCode(StringComparison.Ordinal));
        Created.Add(row.CreatedAt);
    }

    int Numbered(Guid household)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(households, household, out var there);
        return there ? number : number = households.Count;
    }

    void LoadPhones(Session session)
    {
        var (now, group) = (Guid.Empty, new List<int>());
        foreach (var row in session.Stream<PhoneLine>("SELECT phone_key, person FROM person_phone ORDER BY phone_key"))
        {
            if (row.PhoneKey != now)
                End();
            now = row.PhoneKey;
            if (Places.TryGetValue(row.Person, out var at))
                group.Add(at);
        }
        End();

        void End()
        {
            if (group.Count is > 1 and <= MostOnPhone)
                Phones.Add([.. group.Distinct()]);
            group.Clear();
        }
    }

    void LoadDocuments(Session session, Keyring keyring)
    {
        foreach (var same in session.Query<DocumentLine>("""
            SELECT d.doc_key, d.person FROM person_document d JOIN (SELECT doc_key FROM person_document GROUP BY doc_key HAVING count(*) > 1) m ON m.doc_key = d.doc_key
            ORDER BY d.doc_key, d.person
            """).GroupBy(d => d.DocKey))
            Pair([.. same.Where(d => Places.ContainsKey(d.Person)).Select(d => Places[d.Person])], PairEvidence.Document);
        // An old number of 15 digits holds the new one but for century and check digit; few people have one left.
        var old = session.Query<ShortLine>("SELECT owner, person, sealed FROM person_document WHERE doc_type = 1 AND length(masked) = 15").Where(d => Places.ContainsKey(d.Person)).ToList();
        var keys = new Dictionary<Guid, int>();
        foreach (var document in old)
            if (Kernel.Codes.IdNumber.Parse(keyring.Open(document.Owner, document.Sealed).Reveal(Disclosure.ForProcessing), DateOnly.MaxValue) is { Ok: true } number)
                keys[DocumentKeys.Of(keyring, DocType.IdCard, number.Value.To18().Number)] = Places[document.Person];
        foreach (var holder in session.Each<DocumentLine>("SELECT doc_key, person FROM person_document WHERE doc_key = @key", keys.Keys))
            if (Places.TryGetValue(holder.Person, out var at) && at != keys[holder.DocKey])
                Documents.Add((keys[holder.DocKey], at, PairEvidence.ShortId));
    }

    void Pair(int[] same, PairEvidence what)
    {
        for (var i = 0; i < same.Length; i++)
            for (var j = i + 1; j < same.Length; j++)
                Documents.Add((same[i], same[j], what));
    }

    static int Number(string? birth) => birth switch
    {
        { Length: 10 } => (Digits(birth, 0, 4) * 10_000) + (Digits(birth, 5, 2) * 100) + Digits(birth, 8, 2),
        { Length: 4 } => Digits(birth, 0, 4) * 10_000,
        _ => 0,
    };

    static int Digits(string text, int from, int many) => int.Parse(text.AsSpan(from, many), System.Globalization.CultureInfo.InvariantCulture);

    sealed class Line
    {
        public Guid Id { get; init; }

        public string Owner { get; init; } = "";

        public string Name { get; init; } = "";

        public string NameKey { get; init; } = "";

        public string? Birth { get; init; }

        public short Sex { get; init; }

        public string Residence { get; init; } = "";

        public Guid? Household { get; init; }

        public long CreatedAt { get; init; }
    }

    sealed class PhoneLine
    {
        public Guid PhoneKey { get; init; }

        public Guid Person { get; init; }
    }

    sealed class DocumentLine
    {
        public Guid DocKey { get; init; }

        public Guid Person { get; init; }
    }

    sealed class ShortLine
    {
        public string Owner { get; init; } = "";

        public Guid Person { get; init; }

        public byte[] Sealed { get; init; } = [];
    }
}
