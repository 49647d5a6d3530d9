namespace Qipan.Laboratory.Files;

/// <summary>The place 孔位 in a plate: a row letter and a column number.</summary>
static class WellName
{
    /// <summary>
    /// "A1", "a01" and " A1 " as "A1". False where the text is no such name; <paramref name="outside"/> tells that it is one, but
    /// beyond the plate (16 × 24 where the plate is not known).
    /// </summary>
    public static bool TryRead(string text, int? plateWells, out string well, out bool outside)
    {
        well = "";
        outside = false;
        var name = text.AsSpan().Trim();
        var letters = 0;
        while (letters < name.Length && char.IsAsciiLetter(name[letters]))
            letters++;
        if (letters is 0 or > 2 || name.Length == letters || name.Length - letters > 3)
            return false;
        var column = 0;
        foreach (var digit in name[letters..])
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            column = column * 10 + (digit - '0');
        }
        var row = char.ToUpperInvariant(name[0]) - 'A';
        if (letters == 2)
            row = (row + 1) * 26 + (char.ToUpperInvariant(name[1]) - 'A');
        return Place(row, column - 1, plateWells, out well, out outside);
    }

    /// <summary>The well of a 1-based number counted along the rows.</summary>
    public static bool FromNumber(int number, int columns, int? plateWells, out string well, out bool outside) =>
        Place((number - 1) / columns, (number - 1) % columns, plateWells, out well, out outside);

    public static int Columns(int plateWells) => plateWells > 96 ? 24 : 12;

    static bool Place(int row, int column, int? plateWells, out string well, out bool outside)
    {
        var (rows, columns) = plateWells is 96 ? (8, 12) : (16, 24);
        outside = row < 0 || column < 0 || row >= rows || column >= columns;
        well = outside ? "" : string.Create(null, stackalloc char[8], $"{(char)('A' + row)}{column + 1}");
        return !outside;
    }
}
