using Microsoft.Extensions.Logging.Abstractions;
using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Xunit;

namespace Qipan.Conformance.Sampling;

/// <summary>Invented residents of the county of <see cref="Field"/>, and the acts on a round that the tests share.</summary>
static class RoundFixture
{
    public const string First = "220204001001";

    public const string Second = "220204001002";

    /// <summary>08:00 on 21 March 2022 in Beijing; the window of the tests ends a day later.</summary>
    public static readonly DateTimeOffset Start = new(2022, 3, 21, 0, 0, 0, TimeSpan.Zero);

    static readonly ProtocolBook Book = ProtocolBook.Load().Value;

    public static Guid Id(int number) => new($"01900000-0000-7000-8000-{number:x12}");

    public static PersonRow Person(
        int number, string residence = First, string? birth = "1980-05-05", PresentKind present = PresentKind.Residence, Guid? merged = null, long groups = 0) => new()
        {
            Owner = Field.County,
            Id = Id(number),
            Name = "",
            NameKey = "",
            Birth = birth,
            Residence = residence,
            SpecialGroups = groups,
            Confidence = IdentityConfidence.Claimed,
            PresentKind = present,
            PresentOwner = Field.County,
            PresentPlace = residence,
            PresentSince = Start,
            MergedInto = merged,
            CreatedAt = Start,
            Source = "test",
        };

    public static async Task Seed(Store store, params IReadOnlyCollection<PersonRow> persons) =>
        _ = (await store.Write(new WriteScope(Actor.System, Field.County), s => Outcome.Of(s.Insert(PersonRow.Rows, persons)))).Value;

    public static async Task<Guid> Plan(Store store, params string[] scope) =>
        (await new PlanRoundHandler(store, Book).Handle(Field.Boss, new PlanRound("round", "COVID-19", scope, Start, Start.AddDays(1)))).Value.Id.Value;

    public static async Task Publish(Store store, Guid round)
    {
        Assert.True((await new PublishRoundHandler(store).Handle(Field.Boss, round, new PublishRound(Field.County))).Ok);
        await Rosters(store).Once(stop: TestContext.Current.CancellationToken);
    }

    public static OpenRosters Rosters(Store store) => new(store, NullLogger<OpenRosters>.Instance);

    public static async Task<Guid> Published(Store store, params string[] scope)
    {
        var round = await Plan(store, scope);
        await Publish(store, round);
        return round;
    }

    public static async Task Change(Store store, Guid round, params string[] scope)
    {
        var changed = await new ChangeScopeHandler(store).Handle(Field.Boss, round, new ChangeScope(Field.County, scope, "boundary was moved"));
        Assert.True(changed.Ok || changed.Refusal is ScopeUnchanged, changed.Refusal?.Code);
        await Rosters(store).Once(stop: TestContext.Current.CancellationToken);
    }

    /// <summary>One tube with these persons, opened and sealed now. Returns the tube.</summary>
    public static async Task<Guid> Sample(Field field, Guid round, params int[] persons)
    {
        var tube = field.At(new TubeOpened { Code = $"R{field.Id():N}"[..20], Round = round, TubeKind = 10 });
        tube.Code = "R" + tube.Id.ToString("N")[^12..];
        var swabs = persons.Select((p, i) => (WireFact)new SampleRegistered
        {
            Tube = tube.Id,
            Person = new WirePerson { Id = Id(p) },
            Position = i + 1,
            Specimen = "oropharyngeal",
            IdMethod = "code",
        });
        var receipt = await field.Send([tube, .. swabs, new TubeSealed { Tube = tube.Id, Seal = "S" }]);
        Assert.All(receipt.Items, i => Assert.Equal("accepted", i.Verdict));
        return tube.Id;
    }

    /// <summary>What a laboratory does at the end of its way: the tube has a result, and who is negative in all own tubes is done.</summary>
    public static async Task Result(Store store, Guid tube, bool negative = true) =>
        _ = (await store.Write(new WriteScope(Field.Boss.Actor, Field.County), s =>
        {
            s.Execute("UPDATE tube SET state = 8 WHERE owner = @owner AND id = @tube", new { owner = Field.County, tube });
            const string Select = "SELECT owner, id AS tube, @result AS result, CAST(@negative AS smallint) AS negative FROM tube WHERE owner = @owner AND id = @tube";
            var args = new { owner = Field.County, tube, negative = (short)(negative ? 1 : 0), result = s.NewId() };
            Tubes.ResultFrom(s, Select, args, s.Now);
            return Outcome.Of(Ledger.DoneFrom(s, Members.WhoseTubesAreAllNegative(s, "SELECT owner, id AS tube, @result AS result FROM tube WHERE owner = @owner AND id = @tube"), args));
        })).Value;

    public static RoundView Board(Field field, Guid round, string area = Field.County) =>
        field.Store.Read(s => RoundBoard.Of(s, Field.County, round, area, field.Clock.GetUtcNow()))!;

    public static MissingList MissingOf(Store store, Guid round, string area = Field.County) => store.Read(s => MissingPersons.Of(s, Field.County, round, area));

    /// <summary>The duties of a round as "state reason", by the person's number.</summary>
    public static SortedDictionary<int, string> Roster(Store store, Guid round) => new(store.Read(s => s.Query<DutyRow>(
            "SELECT subject_id, state, reason FROM duty WHERE owner = @County AND kind = 1 AND basis_id = @basis", new { Field.County, basis = round.ToString("N") }))
        .ToDictionary(d => int.Parse(d.SubjectId.ToString("N")[^12..], System.Globalization.NumberStyles.HexNumber),
            d => $"{d.State.ToString().ToLowerInvariant()} {d.Reason}".Trim()));

    public sealed class DutyRow
    {
        public Guid SubjectId { get; init; }

        public DutyState State { get; init; }

        public string? Reason { get; init; }
    }
}
