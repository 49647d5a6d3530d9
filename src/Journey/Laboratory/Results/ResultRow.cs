using System.Text.Json;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A row of <c>result</c>: one version of what one run says about one tube 结果.</summary>
public sealed class ResultRow
{
    internal static readonly Table<ResultRow> Rows = new("result",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("tube", ColumnType.Uuid, r => r.Tube),
        new("run", ColumnType.Uuid, r => r.Run),
        new("version", ColumnType.Big, r => r.Version),
        new("call", ColumnType.Small, r => r.Call),
        new("ct", ColumnType.Text, r => r.Ct),
        new("state", ColumnType.Small, r => r.State),
        new("reported_at", ColumnType.Big, r => r.ReportedAt),
        new("released_at", ColumnType.Big, r => r.ReleasedAt),
        new("supersedes", ColumnType.Uuid, r => r.Supersedes),
        new("reason", ColumnType.Text, r => r.Reason),
        new("verified", ColumnType.Small, r => r.Verified),
        new("alarm", ColumnType.Text, r => r.Alarm));

    /// <summary>As the tube's.</summary>
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Tube { get; init; }

    public Guid Run { get; init; }

    public int Version { get; init; }

    public Call Call { get; init; }

    /// <summary>JSON: gene → Ct, null where none was determined.</summary>
    public string Ct { get; init; } = "{}";

    public ResultState State { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    public Guid? Supersedes { get; init; }

    public string? Reason { get; init; }

    /// <summary>False while an integrity alarm stands (INV-06): it is kept, and not released.</summary>
    public bool Verified { get; init; }

    public string? Alarm { get; init; }

    internal Dictionary<string, double?> Genes() => JsonSerializer.Deserialize<Dictionary<string, double?>>(Ct)!;
}
