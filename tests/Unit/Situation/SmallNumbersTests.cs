using FsCheck;
using FsCheck.Fluent;
using Qipan.Situation;
using Xunit;

namespace Qipan.Unit.Situation;

public sealed class SmallNumbersTests
{
    static string Shown(params long[] parts) => string.Join(' ', SmallNumbers.Protect(parts, 5).Select(n => n.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "•"));

    [Fact]
    public void One_case_in_a_village_is_not_shown() => Assert.Equal("• • 0 12", Shown(1, 4, 0, 12));

    [Fact]
    public void A_single_hidden_number_takes_the_next_smallest_with_it() => Assert.Equal("• 0 • 40", Shown(2, 0, 9, 40));

    [Fact]
    public void Nothing_is_hidden_where_nothing_is_small() => Assert.Equal("5 0 9", Shown(5, 0, 9));

    [Fact]
    public void A_small_number_alone_is_hidden_though_nothing_can_stand_beside_it() => Assert.Equal("• 0", Shown(3, 0));

    [Fact]
    public void No_small_number_is_ever_shown_and_never_is_one_alone_hidden_beside_others() => Prop.ForAll<uint[], int>((numbers, limit) =>
    {
        var k = 1 + (Math.Abs(limit % 20));
        long[] parts = [.. numbers.Select(n => (long)(n % 60))];
        var shown = SmallNumbers.Protect(parts, k);
        return shown.Where((n, i) => n.Value is > 0 && n.Value < k).Any() == false
            && shown.Zip(parts).All(p => p.First.Hidden || p.First.Value == p.Second)
            && (shown.Count(n => n.Hidden) != 1 || parts.Count(n => n > 0) == 1)
            && parts.Zip(shown).All(p => p.First != 0 || !p.Second.Hidden);
    }).QuickCheckThrowOnFailure();
}
