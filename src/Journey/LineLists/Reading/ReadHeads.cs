using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.LineLists;

/// <summary>The heads of a list, for choosing a mapping before anything is read.</summary>
public static class ReadHeads
{
    /// <summary>The heads as they stand in the first row; of a workbook, in the first sheet.</summary>
    public static Outcome<IReadOnlyList<string>> Of(string path)
    {
        var opened = OpenList.Of(path, null, heads => heads.Count(h => h.Length > 0) > 1);
        if (!opened.Ok)
            return opened.Refusal;
        using var rows = opened.Value.Rows;
        return rows.Heads.Count == 0 ? new ImportEmpty() : Outcome.Of(rows.Heads);
    }
}
