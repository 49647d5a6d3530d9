using FsCheck;
using FsCheck.Fluent;
using Qipan.Laboratory;
using Qipan.Laboratory.Files;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Laboratory;

/// <summary>
/// Whatever comes in whatever order (runs released, results amended and withdrawn by version, runs invalidated, everything sent
/// twice), coverage is what the facts say: a plain model decides it person by person.
/// </summary>
[Trait("area", "laboratory")]
public sealed class AnyOrderTests
{
    const int People = 5;

    // Persons 1 and 3 are in two tubes each.
    static readonly int[][] TubesOf = [[0, 1], [1, 2, 3], [3, 4]];

    enum Act
    {
        Release,
        Amend,
        Withdraw,
        Invalidate,
    }

    sealed record Step(Act What, int Run, int Tube, int Version, double? Ct)
    {
        public override string ToString() => $"{What} run {Run} tube {Tube} v{Version} ct {Ct}";
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public void Any_interleaving_leaves_coverage_as_the_facts_say(StoreKind kind)
    {
        TestStores.Need(kind);
        var step = from what in Gen.Frequency((4, Gen.Constant(Act.Release)), (5, Gen.Constant(Act.Amend)), (2, Gen.Constant(Act.Withdraw)), (1, Gen.Constant(Act.Invalidate)))
                   from run in Gen.Choose(0, 2)
                   from tube in Gen.Choose(0, 2)
                   from version in Gen.Choose(2, 4)
                   from positive in Gen.Elements<double?>(null, null, 25, 39)
                   select new Step(what, run, tube, version, positive);
        var first = Gen.Elements<double?>(null, null, 25).ArrayOf(9);
        var property = Prop.ForAll(first.ToArbitrary(), step.ListOf(12).ToArbitrary(), (calls, steps) => Holds(kind, calls, [.. steps]).GetAwaiter().GetResult());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(kind == StoreKind.Sqlite ? 25 : 8), property);
    }

    static async Task<bool> Holds(StoreKind kind, double?[] calls, List<Step> steps)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(People);
        var tubes = new List<(Guid Id, string Code)>();
        foreach (var members in TubesOf)
            tubes.Add(await world.Tube([.. members.Select(m => persons[m])]));
        var runs = new List<Guid>();
        for (var r = 0; r < 3; r++)
        {
            var loaded = (await world.LoadPlate([.. tubes.Select((t, i) => (t.Code, calls[r * 3 + i], calls[r * 3 + i]))])).Value.Runs[0].Run!.Value;
            Assert.True((await new ReviewRunHandler(world.Store).Handle(world.First, new ReviewRun(loaded))).Ok);
            Assert.True((await new ReviewRunHandler(world.Store).Handle(world.Second, new ReviewRun(loaded))).Ok);
            runs.Add(loaded);
        }
        foreach (var step in steps.Concat(steps.Take(4)))
            await Do(world, step, runs[step.Run], tubes[step.Tube].Id);
        world.AssertVerified();
        var expected = Enumerable.Range(0, People).Where(p => !Covered(world, tubes, p)).Select(p => persons[p]).ToHashSet();
        var open = persons.Where(p => world.Uncovered([p]) == 1).ToHashSet();
        Assert.True(expected.SetEquals(open), $"after {string.Join("; ", steps)}");
        return true;
    }

    static async Task Do(LabWorld world, Step step, Guid run, Guid tube)
    {
        switch (step.What)
        {
            case Act.Release:
                await world.Release.Handle(world.Second, new ReleaseRuns([run]));
                break;
            case Act.Amend:
                await ResultTests.Amend(world, run, tube, step.Version, step.Ct);
                break;
            case Act.Withdraw:
                await new WithdrawResultHandler(world.Change).Handle(world.First, new WithdrawResult(run, tube, step.Version, $"version {step.Version}"));
                break;
            case Act.Invalidate:
                await new InvalidateRunHandler(world.Store, world.Resamples).Handle(world.First, new InvalidateRun(run, "control"));
                break;
        }
    }

    /// <summary>The plain rule, from all rows of results: every own tube negative.</summary>
    static bool Covered(LabWorld world, List<(Guid Id, string Code)> tubes, int person) =>
        TubesOf.Select((members, tube) => (members, tube)).Where(t => t.members.Contains(person)).All(t => Negative(world, tubes[t.tube].Id));

    static bool Negative(LabWorld world, Guid tube)
    {
        var rows = world.Store.Read(s => s.Query<ResultRow>("SELECT * FROM result WHERE tube = @tube", new { tube }));
        var standing = rows.GroupBy(r => r.Run).Select(run => run.MaxBy(r => r.Version)!)
            .Where(r => r.State == ResultState.Released && RunOf(world, r.Run) == RunState.Released).ToList();
        if (standing.Exists(r => r.Call is Call.Pos or Call.SingleTarget))
            return false;
        return standing.Where(r => r.Call != Call.Invalid).OrderBy(r => r.Run.ToString("N"), StringComparer.Ordinal).LastOrDefault()?.Call == Call.Neg;
    }

    static RunState RunOf(LabWorld world, Guid run) =>
        (RunState)world.Store.Read(s => s.One<short>("SELECT state FROM run WHERE id = @run", new { run }));
}
