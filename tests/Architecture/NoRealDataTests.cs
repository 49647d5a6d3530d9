using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Qipan.Architecture;

/// <summary>
/// P-31: nobody's real data lies in the tree. A Chinese ID number that checks is allowed only when it cannot be anybody's: its
/// division is one that was never given out, or it is the standard's own printed example.
/// </summary>
public sealed partial class NoRealDataTests
{
    static readonly string[] Text = [".cs", ".razor", ".md", ".txt", ".csv", ".json", ".yaml", ".yml", ".sql", ".ts", ".html", ".xml", ".sh"];

    /// <summary>Printed in GB 11643-1999 and on every page about it; they are nobody's.</summary>
    static readonly string[] Examples =
        ["11010519491231002X", "440524188001010014", "34052419800101001X", "220202190001010011", "810000199001010019"];

    [Fact]
    public void No_ID_number_in_the_tree_could_be_a_persons()
    {
        var found = from file in Tree.Files(Text)
                    from Match match in IdNumber().Matches(Tree.Read(file))
                    where LooksReal(match.Value) && !Examples.Contains(match.Value.ToUpperInvariant())
                    select $"{file}: {match.Value[..6]}…";
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void No_secret_lies_in_the_tree()
    {
        var found = from file in Tree.Files(Text)
                    from Match match in Secret().Matches(Tree.Read(file))
                    select $"{file}: {match.Value[..Math.Min(20, match.Length)]}…";
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        Assert.True(LooksReal(Check("22010219900307" + "123")));
        Assert.Matches(Secret(), "-----BEGIN RSA " + "PRIVATE KEY-----");
        Assert.False(LooksReal("990102199003071234"));
    }

    /// <summary>The check digit is right, the date is one, and the province is one that has people.</summary>
    static bool LooksReal(string number) =>
        string.Equals(Check(number[..17]), number, StringComparison.OrdinalIgnoreCase)
        && DateOnly.TryParseExact(number[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && int.Parse(number[..2]) is >= 11 and <= 83;

    static string Check(string first17)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return first17 + "10X98765432"[first17.Select((c, i) => (c - '0') * weights[i]).Sum() % 11];
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])", RegexOptions.None, 1000)]
    private static partial Regex IdNumber();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----|(?i:password|passwd|pwd)=[^;\\s\"'{<$]{4,}|ghp_[A-Za-z0-9]{30,}|AKIA[A-Z0-9]{16}", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
