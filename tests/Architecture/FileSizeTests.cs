using Xunit;

namespace Qipan.Architecture;

public sealed class FileSizeTests(ITestOutputHelper output)
{
    const int Most = 500;
    const int MostAtP90 = 300;
    const int MostOfAComponent = 150;

    /// <summary>Longer files, each with its reason.</summary>
    static readonly Dictionary<string, string> Exceptions = [];

    [Fact]
    public void Files_are_sized_to_be_read()
    {
        var sizes = Tree.Files(".cs", ".razor", ".css", ".sql", ".ts").Where(f => f.StartsWith("src/") || f.StartsWith("tests/") || f.StartsWith("bench/"))
            .Select(f => (File: f, Lines: Tree.Read(f).Count(c => c == '\n'))).OrderBy(s => s.Lines).ToList();
        var p90 = sizes[(int)(sizes.Count * 0.9)].Lines;
        output.WriteLine($"{sizes.Count} files, median {sizes[sizes.Count / 2].Lines} lines, p90 {p90}, longest {sizes[^1].File} with {sizes[^1].Lines}");
        Assert.Empty(sizes.Where(s => s.Lines > Most && !Exceptions.ContainsKey(s.File)));
        Assert.True(p90 <= MostAtP90, $"p90 is {p90} lines");
    }

    [Fact]
    public void Components_are_short() => Assert.Empty(Tree.Files(".razor", ".razor.cs")
        .Select(f => (File: f, Lines: Tree.Read(f).Count(c => c == '\n'))).Where(s => s.Lines > MostOfAComponent));

    [Fact]
    public void An_exception_is_still_needed() =>
        Assert.Empty(Exceptions.Keys.Where(f => !Tree.Files().Contains(f) || Tree.Read(f).Count(c => c == '\n') <= Most));
}
