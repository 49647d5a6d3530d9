using System.Security.Cryptography;
using System.Text;
using Qipan.Cases;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>A row of <c>list_row</c>: which row of which list became which case or contact.</summary>
sealed record ListRow
{
    public static readonly Table<ListRow> Rows = new("list_row",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("list", ColumnType.Text, r => r.List, Key: true),
        new("kind", ColumnType.Small, r => r.Kind, Key: true),
        new("row_id", ColumnType.Text, r => r.RowId, Key: true),
        new("id", ColumnType.Uuid, r => r.Id),
        new("subject", ColumnType.Uuid, r => r.Subject),
        new("person", ColumnType.Uuid, r => r.Person),
        new("said", ColumnType.Text, r => r.Said),
        new("person_key", ColumnType.Uuid, r => r.PersonKey),
        new("exposure_on", ColumnType.Text, r => r.ExposureOn),
        new("job", ColumnType.Uuid, r => r.Job),
        new("row_no", ColumnType.Big, r => r.RowNo),
        new("at", ColumnType.Big, r => r.At));

    public string Owner { get; init; } = "";

    public string List { get; init; } = "";

    public ListKind Kind { get; init; }

    public string RowId { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Subject { get; init; }

    public Guid Person { get; init; }

    public string Said { get; init; } = "";

    public Guid PersonKey { get; init; }

    public DateOnly? ExposureOn { get; init; }

    public Guid Job { get; init; }

    public long RowNo { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The id of a row is a function of what it names, so that the same row is the same fact for ever.</summary>
    public static Guid IdOf(string list, ListKind kind, string rowId)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"qipan list row\n{list}\n{(int)kind}\n{rowId}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The rows of these ids in the list, by id; in whatever county they are.</summary>
    public static Dictionary<string, ListRow> Known(Session session, string list, ListKind kind, IEnumerable<string> ids)
    {
        var found = new Dictionary<string, ListRow>(StringComparer.Ordinal);
        foreach (var row in session.Each<ListRow>("SELECT * FROM list_row WHERE list = @list AND kind = @kind AND row_id = @key", ids.Distinct(), new { list, kind = (short)kind }))
            found.TryAdd(row.RowId, row);
        return found;
    }
}

/// <summary>A row of <c>list_link</c>: from whom to whom, by the list's ids.</summary>
sealed record ListLinkRow
{
    public static readonly Table<ListLinkRow> Rows = new("list_link",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("list", ColumnType.Text, r => r.List, Key: true),
        new("from_id", ColumnType.Text, r => r.FromId, Key: true),
        new("to_id", ColumnType.Text, r => r.ToId, Key: true),
        new("source", ColumnType.Small, r => r.Source),
        new("state", ColumnType.Small, r => r.State),
        new("reason", ColumnType.Text, r => r.Reason),
        new("confidence", ColumnType.Small, r => r.Confidence),
        new("situation", ColumnType.Text, r => r.Situation),
        new("exposure_on", ColumnType.Text, r => r.ExposureOn),
        new("link", ColumnType.Uuid, r => r.Link),
        new("job", ColumnType.Uuid, r => r.Job),
        new("row_no", ColumnType.Big, r => r.RowNo),
        new("at", ColumnType.Big, r => r.At));

    public string Owner { get; init; } = "";

    public string List { get; init; } = "";

    public string FromId { get; init; } = "";

    public string ToId { get; init; } = "";

    public LinkSource Source { get; init; }

    public ListLinkState State { get; init; } = ListLinkState.Waiting;

    public string? Reason { get; init; }

    public LinkConfidence Confidence { get; init; }

    public string Situation { get; init; } = "";

    public DateOnly? ExposureOn { get; init; }

    public Guid? Link { get; init; }

    public Guid Job { get; init; }

    public long RowNo { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The links that lead to these ids, by both ends.</summary>
    public static Dictionary<(string From, string To), ListLinkRow> Leading(Session session, string list, IEnumerable<string> to)
    {
        var found = new Dictionary<(string, string), ListLinkRow>();
        foreach (var row in session.Each<ListLinkRow>("SELECT * FROM list_link WHERE list = @list AND to_id = @key", to.Distinct(), new { list }))
            found.TryAdd((row.FromId, row.ToId), row);
        return found;
    }
}
