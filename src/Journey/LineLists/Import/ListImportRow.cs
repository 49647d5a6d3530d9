using System.Text.Encodings.Web;
using System.Text.Json;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>A row of <c>list_import</c>: one import of a list, how far it is and what it did.</summary>
public sealed record ListImportRow
{
    internal static readonly Table<ListImportRow> Rows = new("list_import",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("mapping", ColumnType.Text, r => r.Mapping),
        new("list", ColumnType.Text, r => r.List),
        new("kind", ColumnType.Small, r => r.Kind),
        new("file_name", ColumnType.Text, r => r.FileName),
        new("file_hash", ColumnType.Text, r => r.FileHash),
        new("place", ColumnType.Text, r => r.Place),
        new("dry_run", ColumnType.Small, r => r.DryRun),
        new("state", ColumnType.Small, r => (short)r.State),
        new("share", ColumnType.Real, r => r.Share),
        new("rows", ColumnType.Big, r => r.RowCount),
        new("accepted", ColumnType.Big, r => r.Accepted),
        new("updated", ColumnType.Big, r => r.Updated),
        new("had", ColumnType.Big, r => r.Had),
        new("refused", ColumnType.Big, r => r.Refused),
        new("noticed", ColumnType.Big, r => r.Noticed),
        new("parked", ColumnType.Big, r => r.Parked),
        new("drawn", ColumnType.Big, r => r.Drawn),
        new("waiting", ColumnType.Big, r => r.Waiting),
        new("refused_links", ColumnType.Big, r => r.RefusedLinks),
        new("refused_bytes", ColumnType.Big, r => r.RefusedBytes),
        new("summary", ColumnType.Text, r => r.Summary),
        new("started_at", ColumnType.Big, r => r.StartedAt),
        new("finished_at", ColumnType.Big, r => r.FinishedAt),
        new("actor", ColumnType.Text, r => r.Actor));

    public string Owner { get; init; } = WriteScope.Deployment;

    public Guid Id { get; init; }

    public string Mapping { get; init; } = "";

    public string List { get; init; } = "";

    public ListKind Kind { get; init; }

    public string FileName { get; init; } = "";

    public string FileHash { get; init; } = "";

    public string Place { get; init; } = "";

    public bool DryRun { get; init; }

    public ImportState State { get; init; } = ImportState.Running;

    public double Share { get; init; }

    public long RowCount { get; init; }

    public long Accepted { get; init; }

    public long Updated { get; init; }

    public long Had { get; init; }

    public long Refused { get; init; }

    public long Noticed { get; init; }

    public long Parked { get; init; }

    public long Drawn { get; init; }

    public long Waiting { get; init; }

    public long RefusedLinks { get; init; }

    public long RefusedBytes { get; init; }

    public string Summary { get; init; } = "{}";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string Actor { get; init; } = "";

    /// <summary>An earlier import of this very file through this very mapping that did not end.</summary>
    internal static ListImportRow? Unfinished(Session session, string hash) => session.Query<ListImportRow>(
        "SELECT *, rows AS row_count FROM list_import WHERE file_hash = @hash AND state = 1 AND dry_run = 0 ORDER BY id DESC LIMIT 1", new { hash }).FirstOrDefault();

    internal static ListImportRow? One(Session session, Guid id) =>
        session.One<ListImportRow>("SELECT *, rows AS row_count FROM list_import WHERE owner = '000000' AND id = @id", new { id });

    internal static List<ListImportRow> Latest(Session session, int take) =>
        session.Query<ListImportRow>("SELECT *, rows AS row_count FROM list_import WHERE owner = '000000' ORDER BY id DESC LIMIT @take", new { take });

    internal ListSummary ReadSummary() => JsonSerializer.Deserialize<ListSummary>(Summary, ListSummary.Json) ?? new ListSummary();

    /// <summary>The same as the registers keep of every import, so that persons lead back to it.</summary>
    internal ImportJobRow Job() => new()
    {
        Id = Id,
        Kind = Kind switch
        {
            ListKind.Cases => "line_list",
            ListKind.Contacts => "contact_list",
            ListKind.Links => "link_list",
        },
        FileName = FileName,
        FileHash = FileHash[..64],
        RowCount = RowCount,
        Accepted = Accepted + Updated,
        Had = Had,
        Refused = Refused,
        Parked = Parked,
        Warned = Noticed,
        RefusedBytes = RefusedBytes,
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        State = State,
        Actor = Actor,
    };
}

/// <summary>A row of a list that somebody should look at, without its content.</summary>
/// <param name="Row">Number in the file, the head being row 1.</param>
/// <param name="Column">The head of the column to blame, where one is.</param>
public sealed record ListItem(long Row, string? Column, string Code, string Sentence, string Chinese);

/// <summary>How often each reason and each notice was given, and the first rows of both. Never changed; the next unit makes the next one.</summary>
public sealed record ListSummary
{
    internal const int MostItems = 200;

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyDictionary<string, long> Reasons { get; init; } = new Dictionary<string, long>();

    public IReadOnlyDictionary<string, long> Notices { get; init; } = new Dictionary<string, long>();

    /// <summary>Heads of the file that no field reads.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    public IReadOnlyList<ListItem> Refused { get; init; } = [];

    public IReadOnlyList<ListItem> Noticed { get; init; } = [];

    /// <summary>Why the whole file was refused; null when it was not.</summary>
    public ListItem? Problem { get; init; }

    internal ListSummary Plus(IEnumerable<(long Row, string? Column, Kernel.Refusal Refusal)> refused, IReadOnlyCollection<RowResult> rows)
    {
        var (reasons, notices) = (new SortedDictionary<string, long>(Reasons.ToDictionary(), StringComparer.Ordinal), new SortedDictionary<string, long>(Notices.ToDictionary(), StringComparer.Ordinal));
        var (firstRefused, firstNoticed) = (Refused.ToList(), Noticed.ToList());
        foreach (var (row, column, refusal) in refused)
        {
            reasons[refusal.Code] = reasons.GetValueOrDefault(refusal.Code) + 1;
            if (firstRefused.Count < MostItems)
                firstRefused.Add(new ListItem(row, column, refusal.Code, refusal.Sentence, refusal.Chinese));
        }
        foreach (var row in rows)
            foreach (var notice in row.Verdict == ListVerdict.Refused ? [] : row.Draft.Notices.Distinct())
            {
                notices[notice] = notices.GetValueOrDefault(notice) + 1;
                if (firstNoticed.Count < MostItems)
                    firstNoticed.Add(ListNotices.Item(row.Draft.Row, notice));
            }
        return this with { Reasons = reasons, Notices = notices, Refused = firstRefused, Noticed = firstNoticed };
    }
}
