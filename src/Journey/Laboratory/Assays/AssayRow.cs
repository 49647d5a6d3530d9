using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A row of <c>assay</c>: one version of an assay 检测试剂, kept as it was when runs were judged by it.</summary>
sealed class AssayRow
{
    public static readonly Table<AssayRow> Rows = new("assay",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Text, r => r.Id, Key: true),
        new("version", ColumnType.Big, r => r.Version, Key: true),
        new("name", ColumnType.Text, r => r.Name),
        new("kit", ColumnType.Text, r => r.Kit),
        new("definition", ColumnType.Text, r => r.Definition),
        new("least_minutes", ColumnType.Big, r => r.LeastMinutes),
        new("created_at", ColumnType.Big, r => r.CreatedAt));

    public string Owner { get; init; } = "";

    public string Id { get; init; } = "";

    public int Version { get; init; }

    public string Name { get; init; } = "";

    public string Kit { get; init; } = "";

    /// <summary>JSON of <see cref="Files.Assay"/>.</summary>
    public string Definition { get; init; } = "";

    public int LeastMinutes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
