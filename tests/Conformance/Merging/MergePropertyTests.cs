using FsCheck;
using FsCheck.Fluent;
using Qipan.Cases;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Merging;

/// <summary>Random histories: sampled, resulted, a case, a contact, joined in chains, taken apart in any order. Nothing is lost, and the way back is exact.</summary>
[Trait("area", "registers")]
public sealed class MergePropertyTests
{
    const int People = 5;

    /// <summary>How many histories each store sees; more before a release.</summary>
    static int Histories => int.TryParse(Environment.GetEnvironmentVariable("QIPAN_MERGE_HISTORIES"), out var many) ? many : 6;

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public void INV_21_joined_and_taken_apart_in_any_order_everything_is_as_it_was(StoreKind kind)
    {
        TestStores.Need(kind);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Histories), Prop.ForAll(Draws(14), draws => Hold(kind, draws).GetAwaiter().GetResult()));
    }

    /// <summary>
    /// A duty that a merge ended by evidence the other person had is ended by a later one while they are one: its end goes back as a whole. One of the
    /// histories that the property found.
    /// </summary>
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task INV_21_how_a_duty_ended_goes_back_as_a_whole(StoreKind kind) => Hold(kind,
        [828493128, 1827810797, 2113082517, 42379749, 1579616730, 325750908, 690292391, 1020902545, 962671980, 1512959003, 1733904327, 620385710, 934114611, 415447350]);

    static void Clean(MergeWorld world) => Nothing(world.Differences());

    /// <summary>All of it stands in the failure.</summary>
    static void Nothing(IEnumerable<string> wrong)
    {
        if (string.Join('\n', wrong) is { Length: > 0 } text)
            Assert.Fail(text);
    }

    static Arbitrary<int[]> Draws(int many) => Gen.Choose(0, int.MaxValue - 1).ArrayOf(many).ToArbitrary();

    static async Task Hold(StoreKind kind, int[] draws)
    {
        await using var world = await MergeWorld.Open(kind);
        var people = new List<Guid>();
        for (var i = 0; i < People; i++)
            people.Add(await world.Person(i + 1, roster: i % 3 != 2, household: i < 2 ? Guid.Parse("01900000-0000-7000-8000-00000000bbbb") : null));
        var history = new MergeHistory(world, people);
        var at = 0;
        foreach (var draw in draws)
            await history.Live(draw, at++, apart: true);
        Clean(world);
        var before = world.Dump();

        // Joined one after the other, in chains where it falls so; the first and the last are looked at while they hold.
        var joined = new List<Guid>();
        foreach (var draw in draws.Take(4))
            if (await history.Join(draw) is { } loser)
                joined.Add(loser);
        Clean(world);
        history.NothingLost(before);
        foreach (var draw in draws)
        {
            if (joined.Count == 0)
                break;
            var loser = joined[draw % joined.Count];
            joined.Remove(loser);
            await history.Part(loser);
            Clean(world);
        }
        var after = world.Dump();
        Nothing(before.Except(after).Select(r => "- " + r).Concat(after.Except(before).Select(r => "+ " + r)));

        // Life goes on while they are one: what names somebody comes back to them, and every sum agrees.
        foreach (var draw in draws.Take(4))
            if (await history.Join(draw) is { } loser)
                joined.Add(loser);
        foreach (var draw in draws.Skip(4).Take(6))
            await history.Live(draw, at++, apart: false);
        Clean(world);
        foreach (var draw in draws.Reverse())
        {
            if (joined.Count == 0)
                break;
            var loser = joined[draw % joined.Count];
            joined.Remove(loser);
            await history.Part(loser);
            Clean(world);
        }
        history.EverySampleNamesItsOwn();
    }
}

/// <summary>What happens to some people, by draws.</summary>
sealed class MergeHistory(MergeWorld world, List<Guid> people)
{
    readonly List<(string Code, bool Resulted)> tubes = [];
    readonly Dictionary<Guid, List<int>> named = [];
    CaseRow? index;

    /// <summary>One thing happens. While rows are joined nothing is told twice that would be two cases by itself.</summary>
    public async Task Live(int draw, int at, bool apart)
    {
        world.Lab.Clock.Advance(TimeSpan.FromMinutes(5));
        var (who, other) = (draw / 8 % people.Count, draw / 64 % people.Count);
        switch (draw % 8)
        {
            case 0 or 1 or 2:
                var tube = await world.Tube(draw % 2 == 0 ? MergeWorld.ById(people[who]) : MergeWorld.ByPassport(who + 1),
                    draw % 3 == 0 ? MergeWorld.ByPassport(other + 1) : MergeWorld.ById(people[other]));
                tubes.Add((tube.Code, false));
                named[tube.Id] = [who, other];
                break;
            case 3 or 4 when tubes.FindIndex(t => !t.Resulted) is >= 0 and var next:
                tubes[next] = (tubes[next].Code, true);
                await world.Lab.Result((tubes[next].Code, draw % 16 == 3 && apart ? 25 : null));
                break;
            case 5:
                await world.Case(people[who], draw / 8 % 2 == 0 ? "COVID-19" : "measles");
                break;
            case 6:
                if (index is null)
                {
                    var outside = await world.Person(90 + at, roster: false);
                    index = await world.Case(outside);
                }
                await world.Contact(index, people[who], accept: other % 2 == 0 && !Has(people[who]));
                break;
            default:
                await world.Roster(Guid.Parse($"01900000-0000-7000-8000-{at:000000000000}"), who == other ? [people[who]] : [people[who], people[other]]);
                break;
        }
    }

    /// <summary>Joins two by the draw; null where they are one already or cannot be.</summary>
    public async Task<Guid?> Join(int draw)
    {
        var (a, b) = (people[draw % people.Count], people[draw / 16 % people.Count]);
        world.Lab.Clock.Advance(TimeSpan.FromMinutes(1));
        var current = world.Store.Read(s => PersonDirectory.Current(s, [a, b]));
        if (current[a].Id == current[b].Id)
            return null;
        var loser = current[b].Id;
        var done = await world.Decide.Handle(new DecideDuplicate(a, b, true, "drawn"), world.Officer);
        if (!done.Ok && done.Refusal.Code != "both_in_open_alert")
            Assert.Fail(done.Refusal.Code);
        return done.Ok ? loser : null;
    }

    public async Task Part(Guid loser)
    {
        world.Lab.Clock.Advance(TimeSpan.FromMinutes(1));
        var row = world.Store.Read(s => PersonDirectory.ByIds(s, [loser]))[loser];
        var done = await world.Decide.Handle(new DecideDuplicate(row.MergedInto!.Value, loser, false, "drawn"), world.Officer);
        Assert.True(done.Ok, done.Refusal?.Code);
    }

    /// <summary>As many samples, members, cases, contacts and tasks as before; places on a list may be one where two rows were one person's.</summary>
    public void NothingLost(List<string> before)
    {
        var now = world.Dump();
        foreach (var table in new[] { "registration", "pool_alert_member", "case_record", "contact", "contact_task", "discrepancy", "duty", "tube", "person", "person_document" })
            Assert.Equal(Count(before, table), Count(now, table));
    }

    /// <summary>Every sample names the row that its fact named.</summary>
    public void EverySampleNamesItsOwn()
    {
        foreach (var (tube, who) in named)
            Assert.Equal(who.Select(w => people[w]).Order(), world.Store.Read(s => s.Query<Guid>("SELECT person FROM registration WHERE tube = @tube", new { tube })).Order());
    }

    bool Has(Guid person) => world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM contact WHERE person = @person", new { person })) > 0;

    static int Count(List<string> rows, string table) => rows.Count(r => r.StartsWith(table + " ", StringComparison.Ordinal));
}
