using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>How far an import is. The numbers reach disk: append only.</summary>
public enum ImportState
{
    Running = 1,
    Finished = 2,
}

/// <summary>What an import did. Rows = Accepted + Had + Refused.</summary>
/// <param name="Job">Its id, for the trail and for <c>import_job</c>.</param>
/// <param name="Kind">persons, places …</param>
/// <param name="Rows">Data rows of the file.</param>
/// <param name="Accepted">New, or changed an existing row.</param>
/// <param name="Had">There already, with the same data.</param>
/// <param name="Refused">Not taken; each stands with its reason in <see cref="RefusedFile"/>.</param>
/// <param name="Parked">Pairs of possible duplicates that wait for a decision; their rows are accepted.</param>
/// <param name="Warned">Rows taken with a warning.</param>
/// <param name="Hash">SHA-256 of the file.</param>
/// <param name="RefusedFile">Beside the input; null when nothing was refused or nothing is written.</param>
/// <param name="FirstRefused">The first refused rows, without their content.</param>
public sealed record ImportReport(
    Guid Job, string Kind, long Rows, long Accepted, long Had, long Refused, long Parked, long Warned, string Hash, string? RefusedFile,
    IReadOnlyList<RefusedItem> FirstRefused)
{
    /// <summary>Where the import went on after an earlier one was ended; 0 when it began at the first row.</summary>
    public long ResumedAt { get; init; }

    /// <summary>How often each warning was given.</summary>
    public IReadOnlyDictionary<string, long> Warnings { get; init; } = new Dictionary<string, long>();
}

/// <summary>A refused row without its content.</summary>
public sealed record RefusedItem(long Row, string Code, string Sentence, string Chinese);

/// <summary>The file holds no rows that this import knows.</summary>
public sealed record ImportColumnsUnknown(string Needed) : Refusal("import_columns_unknown", RefusalKind.Invalid,
    $"The first row names none of the kinds of columns that are read here. Needed: {Needed}.", $"首行列名无法识别，至少需要：{Needed}。");

/// <summary>The file is empty.</summary>
public sealed record ImportEmpty() : Refusal("import_empty", RefusalKind.Invalid,
    "The file is empty. Nothing was read.", "文件为空，未读取任何内容。");

/// <summary>The file is not there or cannot be read.</summary>
public sealed record ImportFileUnreadable() : Refusal("file_not_readable", RefusalKind.NotFound,
    "There is no such file, or it cannot be opened: check the path and its rights.", "没有该文件或无法打开：请检查路径与权限。");

/// <summary>A row that cannot be split into fields.</summary>
public sealed record RowBroken() : Refusal("row_broken", RefusalKind.Invalid,
    "This row cannot be split into fields: a quotation mark is open, or the row is too long.", "该行无法拆分字段：引号未闭合或行过长。");

/// <summary>Characters that no encoding explains.</summary>
public sealed record RowBadEncoding() : Refusal("row_bad_encoding", RefusalKind.Invalid,
    "This row holds bytes that are not text in the file's encoding. Save the file as UTF-8 and send this row again.",
    "该行含有无法解码的字节，请将文件另存为UTF-8后重新导入该行。");

/// <summary>One import as kept.</summary>
sealed record ImportJobRow
{
    public static readonly Table<ImportJobRow> Rows = new("import_job",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("kind", ColumnType.Text, r => r.Kind),
        new("file_name", ColumnType.Text, r => r.FileName),
        new("file_hash", ColumnType.Text, r => r.FileHash),
        new("rows", ColumnType.Big, r => r.RowCount),
        new("accepted", ColumnType.Big, r => r.Accepted),
        new("had", ColumnType.Big, r => r.Had),
        new("refused", ColumnType.Big, r => r.Refused),
        new("parked", ColumnType.Big, r => r.Parked),
        new("warned", ColumnType.Big, r => r.Warned),
        new("refused_bytes", ColumnType.Big, r => r.RefusedBytes),
        new("started_at", ColumnType.Big, r => r.StartedAt),
        new("finished_at", ColumnType.Big, r => r.FinishedAt),
        new("state", ColumnType.Small, r => (short)r.State),
        new("actor", ColumnType.Text, r => r.Actor));

    public string Owner { get; init; } = WriteScope.Deployment;

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string FileName { get; init; }

    public required string FileHash { get; init; }

    public long RowCount { get; init; }

    public long Accepted { get; init; }

    public long Had { get; init; }

    public long Refused { get; init; }

    public long Parked { get; init; }

    public long Warned { get; init; }

    public long RefusedBytes { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public ImportState State { get; init; } = ImportState.Running;

    public required string Actor { get; init; }

    /// <summary>The last import of this very file, finished or not.</summary>
    public static ImportJobRow? Of(Session session, string kind, string hash) => session.Query<ImportJobRow>(
        "SELECT *, rows AS row_count FROM import_job WHERE file_hash = @hash AND kind = @kind ORDER BY id DESC LIMIT 1", new { hash, kind })
        .FirstOrDefault();
}
