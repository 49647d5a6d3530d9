using FsCheck;
using FsCheck.Fluent;
using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

/// <summary>Which protocol answers, on random books: against a plain oracle, and in any order of loading.</summary>
public sealed class RankTests
{
    static readonly string[] Places = ["22", "2202", "220204", "220204001", "220204001001", "220204001001.c03.b11", "31", "310104"];
    static readonly string[] Jurisdictions = ["*", "CN", "22", "2202", "220204", "220204001001", "31", "3101"];
    static readonly string?[] Variants = [null, null, null, "omicron", "delta"];

    [Fact]
    public void The_answer_is_that_of_the_oracle_and_does_not_depend_on_the_order_of_loading() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var files = Enumerable.Range(0, random.Next(1, 14)).Select(i => AFile(random, i)).ToList();
            var there = LoadProtocols.From(files);
            var back = LoadProtocols.From([.. files.OrderBy(_ => random.Next())]);
            Assert.Equal(there.Ok, back.Ok);
            if (!there.Ok)
            {
                Assert.Equal(Findings(there.Refusal), Findings(back.Refusal!));
                Assert.True(HasEqualRank(files));
                return;
            }
            Assert.False(HasEqualRank(files));
            for (var i = 0; i < 20; i++)
            {
                var (place, on, variant) = (Places[random.Next(Places.Length)], Day(random), Variants[random.Next(Variants.Length)]);
                var one = there.Value.Resolve("D", place, on, variant);
                var other = back.Value.Resolve("d", place, on, variant);
                Assert.Equal(Oracle<FollowupRule>(files, place, on, variant), Answer<FollowupRule>(one));
                Assert.Equal(Oracle<OutbreakRule>(files, place, on, variant), Answer<OutbreakRule>(one));
                Assert.Equal(Answer<FollowupRule>(one), Answer<FollowupRule>(other));
                Assert.Equal(Answer<OutbreakRule>(one), Answer<OutbreakRule>(other));
                Assert.Equal(Ranked(one), Ranked(other));
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2202", 0, "22", 9)]
    [InlineData("22", 0, "CN", 9)]
    [InlineData("CN", 0, "*", 9)]
    [InlineData("22", 2, "22", 1)]
    public void The_narrower_jurisdiction_comes_before_the_higher_priority(string winner, int winning, string loser, int losing)
    {
        var from = new DateOnly(2022, 1, 1);
        var book = new ProtocolBook([A("LOSER", loser, losing, from.AddDays(9)).Protocol!, A("WINNER", winner, winning, from).Protocol!]);
        Assert.Equal("WINNER", book.Resolve("D", "220204", new DateOnly(2022, 6, 1)).Value.Followup.Value.Version.Id);
    }

    [Fact]
    public void The_later_beginning_comes_first_among_equals_and_a_variant_only_when_it_is_asked_for()
    {
        var (early, late) = (new DateOnly(2022, 1, 1), new DateOnly(2022, 2, 1));
        var book = new ProtocolBook([A("EARLY", "22", 1, early).Protocol!, A("LATE", "22", 1, late).Protocol!,
            A("OMICRON", "22", 0, early, variant: "omicron").Protocol!]);
        Assert.Equal("EARLY", book.Resolve("D", "22", late.AddDays(-1)).Value.Followup.Value.Version.Id);
        Assert.Equal("LATE", book.Resolve("D", "22", late).Value.Followup.Value.Version.Id);
        Assert.Equal("LATE", book.Resolve("D", "22", late, "delta").Value.Followup.Value.Version.Id);
        Assert.Equal("OMICRON", book.Resolve("D", "22", late, "Omicron").Value.Followup.Value.Version.Id);
    }

    [Fact]
    public void Files_of_equal_rank_that_share_a_group_are_refused_and_both_are_named()
    {
        var from = new DateOnly(2022, 1, 1);
        CheckedFile[] files = [A("ONE", "22", 1, from), A("TWO", "220000", 1, from)];
        var refused = Assert.IsType<ProtocolsRefused>(LoadProtocols.From(files).Refusal);
        Assert.Equal(["ONE.yaml", "TWO.yaml"], refused.Findings.Select(f => f.File).Order());
        Assert.All(refused.Findings, f => Assert.Equal("equal_rank", f.Code));
        Assert.All(refused.Findings, f => Assert.Contains(f.File == "ONE.yaml" ? "TWO.yaml" : "ONE.yaml", f.Sentence));
        Assert.True(LoadProtocols.From([A("ONE", "22", 1, from), A("TWO", "22", 2, from)]).Ok);
        Assert.True(LoadProtocols.From([A("ONE", "22", 1, from, outbreak: false), A("TWO", "22", 1, from, followup: false)]).Ok);
    }

    [Theory]
    [InlineData("220000", "22")]
    [InlineData("220200", "2202")]
    [InlineData("220204", "220204")]
    [InlineData("CN", "CN")]
    [InlineData("*", "*")]
    [InlineData("2", null)]
    [InlineData("022204", null)]
    [InlineData("22020", null)]
    [InlineData("cn", null)]
    [InlineData("2２", null)]
    public void A_jurisdiction_is_cut_to_its_prefix(string text, string? code) => Assert.Equal(code, Jurisdiction.Parse(text)?.Code);

    static ProtocolVersion? Answer<TRule>(Qipan.Kernel.Outcome<Ruling> ruling)
        where TRule : class, IRule => ruling.Ok && ruling.Value.Of<TRule>() is { Ok: true } ruled ? ruled.Value.Version : null;

    static IEnumerable<ProtocolVersion> Ranked(Qipan.Kernel.Outcome<Ruling> ruling) => ruling.Ok ? ruling.Value.Protocols.Select(p => p.Version) : [];

    // Written out and slow on purpose: a tournament by comparing two at a time.
    static ProtocolVersion? Oracle<TRule>(List<CheckedFile> files, string place, DateOnly on, string? variant)
        where TRule : class, IRule
    {
        Protocol? best = null;
        foreach (var p in files.Select(f => f.Protocol!))
        {
            var covers = p.Jurisdiction.Code is "*" or "CN" || place.StartsWith(p.Jurisdiction.Code, StringComparison.Ordinal);
            if (!covers || on < p.Effective.From || on >= (p.Effective.To ?? DateOnly.MaxValue) || !p.TryGet<TRule>(out _)
                || (p.Variant is not null && p.Variant != variant))
                continue;
            if (best is null || Beats(p, best))
                best = p;
        }
        return best?.Version;
    }

    static bool Beats(Protocol a, Protocol b)
    {
        if (Length(a) != Length(b))
            return Length(a) > Length(b);
        if (a.Variant is null != b.Variant is null)
            return b.Variant is null;
        return a.Priority != b.Priority ? a.Priority > b.Priority : a.Effective.From > b.Effective.From;
    }

    static int Length(Protocol p) => p.Jurisdiction.Code == "*" ? 0 : p.Jurisdiction.Code == "CN" ? 1 : p.Jurisdiction.Code.Length;

    static bool HasEqualRank(List<CheckedFile> files) => files.Any(a => files.Any(b => a != b
        && a.Protocol!.Jurisdiction == b.Protocol!.Jurisdiction && a.Protocol.Variant == b.Protocol.Variant
        && a.Protocol.Priority == b.Protocol.Priority
        && a.Protocol.Effective.From == b.Protocol.Effective.From && a.Protocol.Groups.Intersect(b.Protocol.Groups).Any()));

    static IEnumerable<string> Findings(Qipan.Kernel.Refusal refusal) =>
        Assert.IsType<ProtocolsRefused>(refusal).Findings.Select(f => f.ToString()).Order(StringComparer.Ordinal);

    static DateOnly Day(Random random) => new DateOnly(2022, 1, 1).AddDays(random.Next(12));

    static CheckedFile AFile(Random random, int i)
    {
        var from = Day(random);
        var groups = random.Next(3);
        DateOnly? to = random.Next(2) == 0 ? null : from.AddDays(random.Next(1, 9));
        return A($"P{i}", Jurisdictions[random.Next(Jurisdictions.Length)], random.Next(3), from, to,
            Variants[random.Next(Variants.Length)], groups != 0, groups != 1);
    }

    static CheckedFile A(string id, string jurisdiction, int priority, DateOnly from, DateOnly? to = null, string? variant = null,
        bool followup = true, bool outbreak = true)
    {
        var header = new ProtocolHeader
        {
            Id = id,
            Version = 1,
            Disease = "D",
            Variant = variant,
            Jurisdiction = jurisdiction,
            Effective = new Effective(from, to),
            Priority = priority,
            Title = new Title("无", "none"),
            Source = "none",
        };
        var groups = new Dictionary<string, object>();
        if (followup)
            groups["followup"] = new FollowupRule { Days = 1, PerDay = 1 };
        if (outbreak)
            groups["outbreak"] = new OutbreakRule();
        return new CheckedFile($"{id}.yaml", new Protocol(header, Jurisdiction.Parse(jurisdiction)!, groups, [], $"{id}.yaml", id), []);
    }
}
