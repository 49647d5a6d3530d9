using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>A duty that a statement has just written, as it returned it.</summary>
sealed class Written
{
    /// <summary>What such a statement returns.</summary>
    public const string Columns =
        "duty.owner, duty.kind, duty.basis_id, duty.subject_id, substr(duty.area, 1, 12) AS area, duty.age_band, duty.due_at, "
        + "CASE WHEN duty.ended_at > duty.due_at THEN 1 ELSE 0 END AS late";

    public string Owner { get; init; } = "";

    public short Kind { get; init; }

    public string BasisId { get; init; } = "";

    public Guid SubjectId { get; init; }

    public string Area { get; init; } = "";

    public short AgeBand { get; init; }

    public long DueAt { get; init; }

    public bool Late { get; init; }
}

/// <summary>
/// By how much the counters of the written duties move. Adding up here what the statement returns is one pass less over the ledger
/// than asking it again. Of one unit of writing.
/// </summary>
sealed class LedgerDelta
{
    const string Upsert = """
        INSERT INTO duty_count (owner, kind, basis_id, area, age_band, due_at, open, done, done_late, waived, withdrawn)
        SELECT owner, kind, basis_id, area, age_band, due_at, open, done, done_late, 0, 0 FROM duty_delta WHERE true
        ON CONFLICT (owner, kind, basis_id, area, age_band, due_at) DO UPDATE SET open = duty_count.open + excluded.open,
          done = duty_count.done + excluded.done, done_late = duty_count.done_late + excluded.done_late
        """;

    static readonly Table<KeyValuePair<Bucket, Sum>> Rows = new("duty_delta",
        new("owner", ColumnType.Text, d => d.Key.Owner),
        new("kind", ColumnType.Small, d => d.Key.Kind),
        new("basis_id", ColumnType.Text, d => d.Key.Basis),
        new("area", ColumnType.Text, d => d.Key.Area),
        new("age_band", ColumnType.Small, d => d.Key.AgeBand),
        new("due_at", ColumnType.Big, d => d.Key.DueAt),
        new("open", ColumnType.Big, d => d.Value.Open),
        new("done", ColumnType.Big, d => d.Value.Done),
        new("done_late", ColumnType.Big, d => d.Value.Late));

    readonly Dictionary<Bucket, Sum> sums = [];
    readonly SortedDictionary<string, LedgerPart> parts = new(StringComparer.Ordinal);

    public int Many { get; private set; }

    /// <summary>A duty whose place lies in another county than its own, when there is one.</summary>
    public DutyKey? Misplaced { get; private set; }

    /// <summary>What was done in each county.</summary>
    public IReadOnlyCollection<LedgerPart> Parts => parts.Values;

    /// <summary>Takes what a statement returns.</summary>
    /// <param name="written">Its rows.</param>
    /// <param name="open">By how much each moves the number of the open: 1 when it was opened, -1 when it was ended.</param>
    public void Add(IEnumerable<Written> written, int open)
    {
        foreach (var duty in written)
        {
            ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                sums, new Bucket(duty.Owner, duty.Kind, duty.BasisId, duty.Area, duty.AgeBand, duty.DueAt), out _);
            sum = new Sum(sum.Open + open, sum.Done + (open < 0 ? 1 : 0), sum.Late + (open < 0 && duty.Late ? 1 : 0));
            var kind = (DutyKind)duty.Kind;
            parts[duty.Owner] = parts.TryGetValue(duty.Owner, out var part)
                ? new LedgerPart(duty.Owner, part.Many + 1, part.Kind == kind ? kind : null, null)
                : new LedgerPart(duty.Owner, 1, kind, new DutyKey(duty.Owner, kind, duty.BasisId, duty.SubjectId));
            if (PlaceCode.OwnerOf(duty.Area) != duty.Owner)
                Misplaced = new DutyKey(duty.Owner, kind, duty.BasisId, duty.SubjectId);
            Many++;
        }
    }

    /// <summary>The basis that all duties of the county share, with one of their kinds; null when there are several.</summary>
    public (short Kind, string Basis)? BasisOf(string owner) =>
        sums.Keys.Where(b => b.Owner == owner).DistinctBy(b => b.Basis).Take(2).ToList() is [var one] ? (one.Kind, one.Basis) : null;

    /// <summary>True when evidence that stands was noted for a basis of the written duties, whether for these or for others.</summary>
    public bool MayBeShown(Session session) => sums.Keys.GroupBy(b => (b.Owner, b.Kind), b => b.Basis).Any(bases => session.Each<long>(
        "SELECT 1 FROM duty_evidence WHERE owner = @owner AND kind = @kind AND basis_id = @key AND standing = 1 LIMIT 1",
        bases.ToHashSet(StringComparer.Ordinal), new { owner = bases.Key.Owner, kind = bases.Key.Kind }).Count > 0);

    /// <summary>Writes the counters.</summary>
    public void Write(WriteSession session)
    {
        if (sums.Count == 0)
            return;
        session.Execute("DELETE FROM duty_delta");
        session.Insert(Rows, sums);
        session.Execute(Upsert);
    }

    readonly record struct Bucket(string Owner, short Kind, string Basis, string Area, short AgeBand, long DueAt);

    readonly record struct Sum(long Open, long Done, long Late);
}
