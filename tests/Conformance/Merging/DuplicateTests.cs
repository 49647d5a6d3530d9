using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Merging;

/// <summary>Candidates, batches and searches over a small register with every kind of likeness in it.</summary>
[Trait("area", "registers")]
public sealed class DuplicateTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_23_twins_and_namesakes_are_candidates_and_are_never_joined_by_themselves(StoreKind kind)
    {
        await using var town = await Town.Open(kind);
        var (twin, other) = (await town.Add("张家强", "2001-02-03"), await town.Add("张家伟", "2001-02-03"));
        var (one, namesake) = (await town.Add("王芳", "1990-05-06", "990102001001.c02"), await town.Add("王芳", "1990-05-06", "990102001001.c03"));
        var (spelled, heard) = (await town.Add("章珊", "1985-01-02", "990102001001.c04"), await town.Add("张珊", "1985-01-02", "990102001001.c04"));
        await town.Add("李雷", "1970-01-01", "990102001001.c05", phone: "19000000001");
        await town.Add("韩梅梅", "1971-01-01", "990102001001.c05", phone: "19000000001");
        var report = (await town.Find.Handle(new FindDuplicates(Town.County), Actor.System)).Value;
        Assert.Equal(8, report.Persons);
        var pairs = town.Pairs();
        Assert.Equal(new[] { Pair(twin, other), Pair(one, namesake), Pair(spelled, heard) }.Order(), pairs.Select(p => Pair(p.PersonA, p.PersonB)).Order());
        Assert.Contains("near_name", pairs.Single(p => Pair(p.PersonA, p.PersonB) == Pair(twin, other)).Reasons);
        Assert.Contains("same_pinyin", pairs.Single(p => Pair(p.PersonA, p.PersonB) == Pair(spelled, heard)).Reasons);

        // However low the threshold: without a document in common nobody is joined.
        var merged = (await town.Merge.Handle(new MergePersons(0.5), Actor.System)).Value;
        Assert.Equal((3, 0, 3), (merged.Looked, merged.Merged, merged.NeedPerson));
        Assert.Equal(0, town.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM person WHERE merged_into IS NOT NULL")));

        // What is decided is not asked again, nor what waits.
        Assert.True((await town.Decide.Handle(new DecideDuplicate(one, namesake, false, "two women"), town.Officer)).Ok);
        Assert.Equal(0, (await town.Find.Handle(new FindDuplicates(Town.County), Actor.System)).Value.New);
        Assert.Equal(2, town.Pairs().Count(p => p.State == PairState.Open));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_23_a_number_of_15_digits_and_its_18_are_one_person_and_so_is_a_document_in_two_counties(StoreKind kind)
    {
        await using var town = await Town.Open(kind);
        var full = Town.Number("19800103");
        var shorter = full[..6] + full[8..17];
        var (a, b) = (await town.Add("赵一", null, doc: full), await town.Row("赵一", "1980-01-03", "990102", (DocType.IdCard, shorter)));
        var (c, d) = (await town.Row("钱二", "1977-07-07", "990102", (DocType.Passport, "E00000001")), await town.Row("钱二", "1977-07-07", "990103", (DocType.Passport, "E00000001")));
        var other = await town.Row("孙三", "1960-06-06", "990103", (DocType.Passport, "E00000002"));
        var thief = await town.Row("周四", "1961-06-06", "990102", (DocType.Passport, "E00000002"));
        await town.Find.Handle(new FindDuplicates(), Actor.System);
        var pairs = town.Pairs().ToDictionary(p => Pair(p.PersonA, p.PersonB), p => (p.Score, p.Reasons));
        Assert.Contains("short_id", pairs[Pair(a, b)].Reasons);
        Assert.Contains("document", pairs[Pair(c, d)].Reasons);
        Assert.Equal(0.6, pairs[Pair(other, thief)].Score);

        // However low the threshold: who has another's document under another name stays another (INV-22).
        var low = (await town.Merge.Handle(new MergePersons(0.5, DryRun: true), Actor.System)).Value;
        Assert.Equal("needs_person", low.Items.Single(i => Pair(i.Survivor, i.Loser) == Pair(other, thief)).Verdict);
        var dry = (await town.Merge.Handle(new MergePersons(0.95, DryRun: true), Actor.System)).Value;
        Assert.Equal((2, 2), (dry.Looked, dry.Merged));
        Assert.Equal(0, town.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM person_merge")));
        var merged = (await town.Merge.Handle(new MergePersons(0.95), Actor.System)).Value;
        Assert.All(merged.Items, i => Assert.Equal("merged", i.Verdict));
        Assert.Equal(2, merged.Merged);
        Assert.Null(town.Store.Read(s => PersonDirectory.ByIds(s, [other]))[other].MergedInto);
        Assert.Equal(0, (await town.Merge.Handle(new MergePersons(0.95), Actor.System)).Value.Looked);
        Assert.Empty(town.Store.Read(s => new VerifyRegisters().Verify(s, new Tally()).ToList()));

        // Taken apart, and not joined again by the next batch.
        Assert.True((await town.Unmerge.Handle(new UnmergePerson(merged.Items[0].Loser, "another man"), Actor.System)).Ok);
        await town.Find.Handle(new FindDuplicates(), Actor.System);
        Assert.Equal(0, (await town.Merge.Handle(new MergePersons(0.95), Actor.System)).Value.Merged);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_person_is_found_by_part_of_a_name_pinyin_initials_document_and_phone_under_every_id(StoreKind kind)
    {
        await using var town = await Town.Open(kind);
        var zhang = await town.Add("张三丰", "1950-01-01", doc: Town.Number("19500101"), phone: "19000000001");
        var alias = await town.Add("章三峰", "1950-01-01", "990102001001.c02", phone: "19000000002");
        var anna = await town.Add("Anna-Maria Berg", "1980", "990102001001.c03");
        foreach (var n in Enumerable.Range(0, 30))
            await town.Add("王" + (char)('一' + n), "1990-01-01", "990102001001.c04");
        async Task<List<Guid>> By(FindPersons query) => [.. (await town.Search.Handle(query with { Purpose = Purpose.Testing }, town.Officer)).Value.Items.Select(i => i.Id)];
        foreach (var typed in new[] { "张三丰", "张三", "三丰", "zhangsanf", "ZhangSan", "sanfeng", "zsf" })
            Assert.Contains(zhang, await By(new FindPersons(Name: typed)));
        foreach (var typed in new[] { "anna", "Maria Berg", "berg" })
            Assert.Equal([anna], await By(new FindPersons(Name: typed)));
        Assert.Empty(await By(new FindPersons(Name: "四")));
        Assert.Equal(2, (await By(new FindPersons(Name: "zsf"))).Count);

        // Pages of one range, nobody twice, and the cursor tells no name.
        var (seen, after) = (new List<Guid>(), (string?)null);
        do
        {
            var page = (await town.Search.Handle(new FindPersons(Purpose.Testing, Name: "wang", After: after, Take: 7), town.Officer)).Value;
            seen.AddRange(page.Items.Select(i => i.Id));
            after = page.Next;
            Assert.DoesNotContain("王", after ?? "");
        }
        while (after is not null);
        Assert.Equal((30, 30), (seen.Count, seen.Distinct().Count()));

        // Whoever follows is found as the one that stays, with the documents and phones of both.
        Assert.True((await town.Decide.Handle(new DecideDuplicate(zhang, alias, true, "the same man"), town.Officer)).Ok);
        foreach (var query in new FindPersons[] { new(Name: "章三峰"), new(Name: "zsf"), new(Phone: "19000000002"), new(Document: Town.Number("19500101")) })
            Assert.Equal([zhang], await By(query));
        Assert.Equal(2, (await town.Search.Handle(new FindPersons(Purpose.Testing, Name: "章三峰"), town.Officer)).Value.Items[0].Phones!.Count);

        // Nobody of a territory that is not the reader's, and nobody without a purpose.
        var elsewhere = new Caller(town.Officer.Actor, default, "990103", [new Grant(Role.RoundOfficer, "990103")]);
        Assert.Empty((await town.Search.Handle(new FindPersons(Purpose.Testing, Name: "张三丰"), elsewhere)).Value.Items);
        Assert.Equal("purpose_missing", (await town.Search.Handle(new FindPersons(Name: "张三丰"), town.Officer)).Refusal?.Code);
    }

    static string Pair(Guid a, Guid b) => a.CompareTo(b) < 0 ? $"{a:N} {b:N}" : $"{b:N} {a:N}";
}
