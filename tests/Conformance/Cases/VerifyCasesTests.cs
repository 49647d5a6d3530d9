using Qipan.Cases;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Cases;

/// <summary>The verifier sees what was changed behind the use cases' back.</summary>
[Trait("area", "cases")]
public sealed class VerifyCasesTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_is_not_as_the_history_and_the_links_say_is_named(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var (a, b, c) = (await world.Case(), await world.Case(), await world.Case());
        Assert.True((await world.Lab.Write(s => Links.Add(s, new NewLink(a.Id, b.Id)))).Ok);
        world.AssertVerified();
        await Break(world, "UPDATE case_record SET class = 4 WHERE id = @Id", a, "is asymptomatic, its history says confirmed");
        await Break(world, "UPDATE case_record SET onset = '2022-03-01' WHERE id = @Id", a, "its day of onset is not the one of its history");
        await Break(world, "UPDATE case_record SET onset_region = '230102' WHERE id = @Id", a, "is counted to 230102, its history says 220204");
        await Break(world, "UPDATE case_record SET investigation = 3 WHERE id = @Id", a, "its investigation is kept as core_done, and as assigned");
        await Break(world, "UPDATE case_record SET source_state = 0 WHERE id = @Id", b, "its source is not what its links say");
        await Break(world, "UPDATE case_counter SET last = last + 1", a, "there are not as many cases as numbers were given");
        await Break(world, "UPDATE transmission_link SET from_case = owner_less.id FROM (SELECT id FROM investigation LIMIT 1) owner_less", a, "leads from or to no case");
        await Break(world, "UPDATE case_record SET person = (SELECT person FROM case_record x WHERE x.no LIKE '%-00001') WHERE id = @Id", c, "the person is counted twice");
        await Break(world, """
            INSERT INTO transmission_link (owner, id, from_case, from_owner, to_case, to_owner, confidence, situation, basis, state, at, actor)
            SELECT owner, from_case, to_case, to_owner, from_case, from_owner, 1, '', '', 1, at, actor FROM transmission_link
            """, a, "stands in a circle of 2 cases");
    }

    /// <summary>Breaks it, hears of it, and takes the unit back.</summary>
    static async Task Break(CaseWorld world, string sql, CaseRow row, string expected)
    {
        var said = new List<string>();
        var refused = await world.Store.Write(new WriteScope(Kernel.Actor.System, row.Owner), session =>
        {
            Assert.True(session.Execute(sql, new { row.Id }) > 0, sql);
            said = [.. new VerifyCases().Verify(session, new Tally())];
            return Kernel.Outcome.Refused<Kernel.Done>(CaseRefusals.NothingChanged);
        });
        Assert.False(refused.Ok);
        Assert.Contains(said, s => s.Contains(expected));
        world.AssertVerified();
    }
}
