using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>Rows of lists in the chain of facts: a case leads to its row, and the row to the import that brought it.</summary>
sealed class LineListsTrail : ITrailSource
{
    public IReadOnlyList<string> Kinds { get; } = ["import_row"];

    public TrailNode? Explain(Session session, Ref subject)
    {
        if (!Guid.TryParseExact(subject.Id, "N", out var id)
            || session.Query<ListRow>("SELECT * FROM list_row WHERE id = @id", new { id }).FirstOrDefault() is not { } row)
            return null;
        return new TrailNode(subject, $"row {row.RowNo} of the list {row.List}",
        [
            ("kind", row.Kind.ToString().ToLowerInvariant()), ("county", row.Owner),
            ("written at", row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ], [new Ref("import", row.Job)]);
    }
}
