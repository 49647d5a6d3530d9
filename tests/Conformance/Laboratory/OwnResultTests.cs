using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Laboratory;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Laboratory;

/// <summary>The public asks for its own results: P-07, P-12.</summary>
[Trait("area", "laboratory")]
public sealed class OwnResultTests
{
    static readonly Keyring Keys = Keyring.Of(new string('d', 64));

    static string Number(int n)
    {
        var digits = $"99010219800101{n:000}";
        return digits + IdNumber.CheckOf(digits);
    }

    /// <summary>The persons hold identity cards and are called 试一, 试二 ….</summary>
    static Task<int> Named(LabWorld world, Guid[] persons) => world.Write(s =>
    {
        for (var i = 0; i < persons.Length; i++)
        {
            s.Execute("UPDATE person SET name_key = @name WHERE id = @id", new { name = Name(i), id = persons[i] });
            s.Insert(DocumentRow.Rows, [new DocumentRow { Owner = LabWorld.County, DocKey = DocumentKeys.Of(Keys, DocType.IdCard, Number(i)), Person = persons[i], DocType = DocType.IdCard, Sealed = [1], Masked = "***" }]);
        }
        return 0;
    });

    static string Name(int i) => $"试{"一二三四五"[i]}";

    static FindOwnResultsHandler Desk(LabWorld world, int asks = 1000) =>
        new(world.Store, Keys, new LaboratorySettings { OwnResultAsksPer10Minutes = asks }, LocalDays.China);

    static async Task<OwnAnswer[]> Answers(FindOwnResultsHandler desk, int i) =>
        [.. (await desk.Handle(new FindOwnResults(Name(i), Number(i)))).Value.Items.Select(r => r.Answer)];

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task P_12_a_negative_stands_there_and_a_positive_is_told_by_a_person(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        using var desk = Desk(world);
        var persons = await world.Persons(5);
        await Named(world, persons);
        var negative = await world.Tube([persons[0]]);
        var positive = await world.Tube([persons[1], persons[2]]);
        await world.Tube([persons[3]], state: TubeState.Rejected);
        Assert.Equal([OwnAnswer.Waiting], await Answers(desk, 0));
        var alert = (await world.Result((negative.Code, null), (positive.Code, 25))).Alerts[0];
        Assert.Equal([OwnAnswer.Negative], await Answers(desk, 0));
        Assert.Equal([OwnAnswer.SpokenOf], await Answers(desk, 1));
        Assert.Equal([OwnAnswer.NotTested], await Answers(desk, 3));
        var single = (await desk.Handle(new FindOwnResults(Name(0), Number(0)))).Value.Items.Single();
        Assert.Equal((world.Clock.GetUtcNow(), 10), (single.At, single.Pool));

        // Of the pool one turns out negative by a tube of their own and one positive: the second still hears it from a person.
        world.Clock.Advance(TimeSpan.FromHours(1));
        var own = new[] { await world.Tube([persons[1]], TubeKind.Single), await world.Tube([persons[2]], TubeKind.Single) };
        await world.Resamples.Look();
        await world.Result((own[0].Code, 24), (own[1].Code, null));
        Assert.True((await new ConfirmMemberHandler(world.Store, world.Work).Handle(world.Team, new ConfirmMember(alert, persons[1]))).Ok);
        Assert.Equal([OwnAnswer.SpokenOf, OwnAnswer.SpokenOf], await Answers(desk, 1));
        Assert.Equal(OwnAnswer.Negative, (await Answers(desk, 2))[0]);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Wrong_name_unknown_number_and_no_sample_are_one_answer_and_a_found_one_is_written_down(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        using var desk = Desk(world);
        var persons = await world.Persons(2);
        await Named(world, persons);
        await world.Tube([persons[0]]);
        foreach (var (name, number) in new[] { (Name(1), Number(0)), (Name(0), Number(4)), (Name(1), Number(1)) })
            Assert.Equal("own_result_not_found", (await desk.Handle(new FindOwnResults(name, number))).Refusal!.Code);
        Assert.Empty(Seen());
        Assert.True((await desk.Handle(new FindOwnResults(" 试 一", Number(0).ToLowerInvariant()))).Ok);
        Assert.Equal(("public", "own_result", Purpose.Testing), Seen().Select(l => (l.Actor, l.Action, l.Purpose)).Single());

        Assert.Equal("name_missing", (await desk.Handle(new FindOwnResults(" ", Number(0)))).Refusal!.Code);
        Assert.Equal("document_wrong", (await desk.Handle(new FindOwnResults(Name(0), "990102198001010000"))).Refusal!.Code);
        Assert.Equal("document_wrong", (await desk.Handle(new FindOwnResults(Name(0), "1", DocType.Passport))).Refusal!.Code);
        world.Clock.Advance(TimeSpan.FromDays(15));
        Assert.Equal("own_result_not_found", (await desk.Handle(new FindOwnResults(Name(0), Number(0)))).Refusal!.Code);

        List<AccessLine> Seen() => world.Store.Read(s => AccessLog.Of(s, new Ref("person", persons[0])));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task One_document_is_not_guessed_at_and_others_are_answered_meanwhile(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        using var desk = Desk(world, asks: 3);
        var persons = await world.Persons(2);
        await Named(world, persons);
        await world.Tube(persons);
        for (var i = 0; i < 3; i++)
            Assert.Equal("own_result_not_found", (await desk.Handle(new FindOwnResults($"guess {i}", Number(0)))).Refusal!.Code);
        Assert.Equal("asked_too_often", (await desk.Handle(new FindOwnResults(Name(0), Number(0)))).Refusal!.Code);
        Assert.Equal([OwnAnswer.Waiting], await Answers(desk, 1));
    }
}
