using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>What a cell is in its sheet; cells of text files are all <see cref="Text"/>.</summary>
enum CellKind
{
    Text = 1,
    Number = 2,
    Boolean = 3,
    Error = 4,
}

/// <summary>One cell, as plain text: a text that begins with = + - @ stays a text.</summary>
readonly record struct Cell(string Text, CellKind Kind = CellKind.Text, bool Formula = false)
{
    public static Cell Blank { get; } = new("");

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}

/// <summary>One row of a text or a sheet.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Flaw">What makes the row unreadable as a whole, or null.</param>
/// <param name="Terminated">False when the file ended inside the row.</param>
sealed record TableRow(
    int Line, IReadOnlyList<Cell> Cells, (string Code, string Sentence, string Chinese)? Flaw = null, bool Terminated = true)
{
    public bool IsBlank => Flaw is null && Cells.All(cell => cell.IsBlank);

    public Cell At(int column) => column >= 0 && column < Cells.Count ? Cells[column] : Cell.Blank;

    public string TextAt(int column) => At(column).Text.Trim();
}

/// <summary>Finds columns by their header, whatever its case, spaces and look-alike letters.</summary>
sealed class Header
{
    readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    public Header(TableRow row)
    {
        Count = row.Cells.Count;
        while (Count > 0 && row.Cells[Count - 1].IsBlank)
            Count--;
        // Where a name stands twice, the first one counts: QuantStudio repeats Target Name and Task at the end.
        for (var i = 0; i < Count; i++)
            columns.TryAdd(Plain(row.Cells[i].Text), i);
        Width = row.Cells.Count;
    }

    /// <summary>Named columns.</summary>
    public int Count { get; }

    /// <summary>Cells of the header row, blank ones included.</summary>
    public int Width { get; }

    /// <summary>The column of the first of these names that is there, or -1.</summary>
    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (columns.TryGetValue(Plain(name), out var column))
                return column;
        }
        return -1;
    }

    // ViiA 7 writes "Cт" with a Cyrillic т.
    static string Plain(string name) => string.Join(
        ' ', name.Trim('\uFEFF', ' ', '\t').ToLower(CultureInfo.InvariantCulture).Replace('т', 't')
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
