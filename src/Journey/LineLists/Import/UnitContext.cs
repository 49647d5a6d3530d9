using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>What became of a row that the store was asked about.</summary>
sealed record RowResult(RowDraft Draft, ListVerdict Verdict, Refusal? Refusal = null);

/// <summary>What one unit did.</summary>
sealed class UnitResult
{
    public List<RowResult> Rows { get; } = [];

    /// <summary>Pairs of possible doubles that were parked.</summary>
    public int Parked { get; set; }

    /// <summary>Links that were drawn in the unit.</summary>
    public int Drawn { get; set; }

    public void Add(RowDraft draft, ListVerdict verdict) => Rows.Add(new RowResult(draft, verdict));

    public void Refuse(RowDraft draft, Refusal refusal) => Rows.Add(new RowResult(draft, ListVerdict.Refused, refusal));
}

/// <summary>What the units of one import share.</summary>
sealed record UnitContext(ListMapping Mapping, Guid Job, Keyring Keyring, RegistersSettings Registers, DateOnly Today, DrySeen? Seen)
{
    public string Source => $"import:{Job:N}";
}

/// <summary>
/// What earlier units of a dry run would have left: their writes are taken back, so that the ids and documents that they brought are
/// remembered here. Changed only after the unit has run.
/// </summary>
sealed class DrySeen
{
    public Dictionary<string, string> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Whom the registers would have known by then: by document, or without one by name, birth and home.</summary>
    public HashSet<(Guid? Document, string Name, string? Birth, string Home)> Persons { get; } = [];

    public static (Guid? Document, string Name, string? Birth, string Home)? KeyOf(PersonOfRow person) => person switch
    {
        { Sealed.DocKey: { } key } => (key, "", null, ""),
        { Sealed: { } known } => (null, known.Person.NameKey, known.Person.Birth, known.Person.Residence),
        { DocKey: { } key } => (key, "", null, ""),
        _ => null,
    };

    public HashSet<(string From, string To)> Links { get; } = [];

    public void Keep(UnitResult result)
    {
        foreach (var row in result.Rows.Where(r => r.Verdict != ListVerdict.Refused))
            switch (row.Draft)
            {
                case CaseDraft one:
                    Rows.TryAdd(one.Id, one.Said);
                    if (KeyOf(one.Person) is { } key)
                        Persons.Add(key);
                    break;
                case ContactDraft one:
                    Rows.TryAdd(one.Id, one.Said);
                    break;
                case LinkDraft one:
                    Links.Add((one.From, one.To));
                    break;
            }
    }
}
