using System.Text;
using Qipan.Cases;
using Qipan.Kernel;
using Qipan.LineLists;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.LineLists;

/// <summary>What lists get wrong: each row has its verdict and its reason, and the rest goes on. Persons are invented.</summary>
[Trait("area", "lists")]
public sealed class BadListTests
{
    const string Yaml = """
        mapping: bad
        title: A list with mistakes
        kind: cases
        list: bad
        columns:
          id: [No.]
          name: [Name]
          doc_no: [ID card]
          birth: [Birth]
          age: [Age]
          onset: [Onset]
          report: [Report]
          death: [Death]
          exposure: [Exposed]
          class: [Class]
          infector: [From]
          place: [Place]
        values:
          class: { Confirmed: confirmed, 疑似病例: suspect, Discarded: ruled_out }
        defaults: { disease: MEASLES, class: confirmed, place: "990102" }
        dates: [yyyy-MM-dd, d/M/yyyy]
        """;

    const string Links = """
        mapping: bad-links
        title: Links with mistakes
        kind: links
        list: bad
        columns: { from: [from], to: [to] }
        """;

    const string Head = "No.,Name,ID card,Birth,Age,Onset,Report,Death,Exposed,Class,From,Place\n";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Every_wrong_row_is_refused_with_its_row_column_code_and_sentence_in_both_languages_and_the_rest_is_taken(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        var text = Head + """
            1,Anna Test,,1980,,2022-03-01,2022-03-03,,,Confirmed,,
            2,,,,34,2022-03-09,2022-03-05,,,Confirmed,,
            3,,,,34,2022-03-09,,2022-03-02,,Confirmed,,
            4,,,,34,2022-04-01,,,,Confirmed,,
            5,,,,34,31/02/2022,,,,Confirmed,,
            6,,,,34,4/3/2022,,,,疑似病例,,
            7,,,,34,2022-03-01,,,2022-03-04,Confirmed,,
            8,,,,240,2022-03-01,,,,Confirmed,,
            ,,,,34,2022-03-01,,,,Confirmed,,
            10,,,,34,2022-03-01,,,,Perhaps,,
            11,Carl Test,990102198001010019,,,2022-03-01,,,,Confirmed,,
            12,,,,34,2022-03-01,,,,Confirmed,,Nowhere
            13,,,,34,2022-03-01,2022-03-29,,,Confirmed,,
            6,,,,34,5/3/2022,,,,疑似病例,,
            14,,,,34,2022-03-02,,,,Discarded,14,
            15,"open,,,,34,2022-03-02,,,,Confirmed,,
            16,,,,34,2022-03-02,,,,Confirmed,,
            """;
        var mapping = ListWorld.Mapping(Yaml);
        var dry = await world.Text(text, mapping, dryRun: true);
        Assert.Equal(0, world.Count("case_record") + world.Count("person") + world.Count("list_row") + world.Count("import_job"));
        Assert.False(File.Exists(Path.Combine(world.Folder, "list.csv.refused.csv")));
        var report = await world.Text(text, mapping);
        (long, string?, string)[] refused =
        [
            (4, "Death", "death_before_onset"), (5, "Onset", "date_in_future"), (6, "Onset", "date_unreadable"), (8, "Exposed", "exposure_after_onset"), (9, "Age", "age_wrong"),
            (10, "No.", "id_missing"), (11, "Class", "value_unknown"), (12, "ID card", "id_number_checksum"), (13, "Place", "place_wrong"), (14, "Report", "date_in_future"),
            (15, "No.", "id_twice"), (17, null, "row_broken"),
        ];
        Assert.Equal(refused.Where(r => r.Item3 != "id_number_checksum"), report.FirstRefused.Where(r => r.Row != 12).Select(r => (r.Row, r.Column, r.Code)));
        Assert.Equal("ID card", report.FirstRefused.Single(r => r.Row == 12).Column);
        Assert.All(report.FirstRefused, r => Assert.True(r.Sentence.Length > 20 && r.Chinese.Any(c => c > '\u4e00'), r.Code));
        Assert.Equal((17, 5, 12), ((int)report.Rows, (int)report.Accepted, (int)report.Refused));
        Assert.Equal((dry.Accepted, dry.Refused), (report.Accepted, report.Refused));
        Assert.Equal(dry.FirstRefused, report.FirstRefused);
        // No sentence repeats a cell: names, numbers and words stay in the file beside the input.
        Assert.DoesNotContain(report.FirstRefused, r => r.Sentence.Contains("Carl") || r.Sentence.Contains("990102198") || r.Sentence.Contains("Perhaps"));
        var beside = File.ReadAllText(report.RefusedFile!);
        Assert.Contains("Carl Test,990102198001010019", beside);
        Assert.Equal(1, report.Notices["onset_after_report"]);
        Assert.Equal(1, report.Notices["link_to_self"]);
        Assert.Equal((CaseFlags.OnsetAfterReport, CaseClass.RuledOut, new DateOnly(2022, 3, 4)), (world.Case("2").Flags, world.Case("14").Class, world.Case("6").Onset));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Circles_self_links_and_links_to_nobody_are_told_apart_and_a_waiting_link_is_drawn_when_its_case_arrives(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        string Case(int no) => $"{no},,,,30,2022-03-{no:00},,,,Confirmed,,\n";
        await world.Text(Head + Case(1) + Case(2) + Case(3), ListWorld.Mapping(Yaml));
        var links = await world.Text("from,to\n1,2\n2,3\n3,1\n2,2\n3,4\n,4\n1,2\n", ListWorld.Mapping(Links), name: "links.csv");
        Assert.Equal([(4L, "to", "link_closes_cycle"), (5L, "to", "link_to_self"), (7L, "from", "link_end_missing")], links.FirstRefused.Select(r => (r.Row, r.Column!, r.Code)));
        Assert.Equal((3, 1, 2, 1), ((int)links.Accepted, (int)links.Had, (int)links.Drawn, (int)links.Waiting));
        Assert.Equal((6L, "waits_for_case"), (links.FirstNoticed.Single().Row, links.FirstNoticed.Single().Code));
        // The case arrives, and its row names a source that would close a circle: the link that waited is drawn, the other is kept with its reason.
        var later = await world.Text(Head + Case(4) + "1,,,,30,2022-03-01,,,,Confirmed,4,\n", ListWorld.Mapping(Yaml), name: "later.csv");
        Assert.Equal((1, 1, 1, 1), ((int)later.Accepted, (int)later.Updated, (int)later.Drawn, (int)later.RefusedLinks));
        Assert.Equal("link_closes_cycle", world.Store.Read(s => s.Scalar<string>("SELECT reason FROM list_link WHERE state = 3")));
        Assert.Equal((4, 3, 1, 0), (world.Chains("MEASLES").Cases, world.Chains("MEASLES").Links, world.Chains("MEASLES").Chains, world.Chains("MEASLES").Circles));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_same_person_under_two_numbers_is_one_case_and_under_two_documents_two_with_a_pair_that_waits(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind, unitRows: 50);
        var report = await world.Text(Head
            + $"1,Dora Test,{Id(1)},,,2022-03-01,,,,Confirmed,,\n"
            + $"2,Dora Test,{Id(1)},,,2022-03-01,,,,Confirmed,,\n"
            + $"3,Dora Test,{Id(2)},,,2022-03-01,,,,Confirmed,,\n"
            + "4,Emil Test,,1975-05-05,,2022-03-01,,,,Confirmed,,\n", ListWorld.Mapping(Yaml));
        Assert.Equal((3, 1), ((int)report.Accepted, (int)report.Had));
        Assert.Equal((3, "same_person"), ((int)report.FirstNoticed[0].Row, report.FirstNoticed[0].Code));
        Assert.Equal((1L, 1), (report.Parked, (int)report.Notices["may_be_double"]));
        // Both numbers lead to the one case.
        Assert.Single(world.Store.Read(s => s.Query<Guid>("SELECT DISTINCT subject FROM list_row WHERE row_id IN ('1', '2')")));
        Assert.Equal((3L, 3L), (world.Count("case_record"), world.Count("person")));
        // In another list the same document is the same person and the same case.
        var other = await world.Text(Head + $"x,Dora Test,{Id(1)},,,2022-03-01,,,,Confirmed,,\n",
            ListWorld.Mapping(Yaml.Replace("list: bad", "list: other")), name: "other.csv");
        Assert.Equal((0, 1, 3L), ((int)other.Accepted, (int)other.Had, world.Count("case_record")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_dry_run_gives_the_verdicts_of_the_real_run_though_its_units_are_taken_back(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind, unitRows: 50);
        var text = new StringBuilder(Head);
        for (var i = 1; i <= 130; i++)
            text.Append(i % 10 == 0 ? $"{i},,,,30,bad,,,,Confirmed,,\n" : i == 120 ? "" : $"{i},,,,30,2022-03-0{(i % 9) + 1},,,,Confirmed,,\n");
        text.Append($"a,Fritz Test,{Id(7)},,,2022-03-01,,,,Confirmed,,\n");
        for (var i = 131; i <= 190; i++)
            text.Append($"{i},,,,30,2022-03-01,,,,Confirmed,,\n");
        // Of the first unit again: the same, the same with other data, and the same person.
        text.Append("1,,,,30,2022-03-02,,,,Confirmed,,\n2,,,,31,2022-03-09,,,,Confirmed,,\n").Append($"b,Fritz Test,{Id(7)},,,2022-03-01,,,,Confirmed,,\n");
        var mapping = ListWorld.Mapping(Yaml);
        var dry = await world.Text(text.ToString(), mapping, dryRun: true);
        Assert.Equal(0, world.Count("case_record") + world.Count("person") + world.Count("access_log") + world.Count("outbox"));
        var real = await world.Text(text.ToString(), mapping);
        Assert.Equal((dry.Rows, dry.Accepted, dry.Had, dry.Refused), (real.Rows, real.Accepted, real.Had, real.Refused));
        Assert.Equal((194, 2, 14), ((int)real.Rows, (int)real.Had, (int)real.Refused));
        Assert.Equal(dry.FirstRefused, real.FirstRefused);
        Assert.Equal(dry.FirstNoticed, real.FirstNoticed);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task An_import_that_is_ended_in_the_middle_loses_nothing_and_the_same_file_finishes_it(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind, unitRows: 50);
        var text = Head + string.Concat(Enumerable.Range(1, 230).Select(i => i % 20 == 0 ? $"{i},,,,30,never,,,,Confirmed,,\n" : $"{i},,,,30,2022-03-01,,,,Confirmed,{(i > 1 ? i - 1 : "")},\n"));
        var path = world.Write(text);
        var mapping = ListWorld.Mapping(Yaml);
        await Assert.ThrowsAsync<OperationCanceledException>(() => world.Import.Handle(new ImportLineList(path, mapping), Actor.System, null, new Stop(at: 100)));
        Assert.Equal((95L, 1L), (world.Count("case_record"), world.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM list_import WHERE state = 1"))));
        // The links of what was kept wait for the import to be finished.
        Assert.Equal(0, world.Count("transmission_link"));
        var report = await world.Run(path, mapping, place: null);
        Assert.Equal((230, 219, 11, 100L), ((int)report.Rows, (int)report.Accepted, (int)report.Refused, report.ResumedAt));
        Assert.Equal((219L, 219L, 12), (world.Count("case_record"), world.Count("person"), File.ReadAllLines(report.RefusedFile!).Length));
        // Every source that is a case is linked; the eleven that were refused wait.
        Assert.Equal((207, 11), ((int)report.Drawn, (int)report.Waiting));
        var again = await world.Run(path, mapping, place: null);
        Assert.Equal((0, 219, 0L), ((int)again.Accepted, (int)again.Had, again.ResumedAt));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_list_in_GB18030_in_UTF_16_and_as_a_workbook_is_the_same_list(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var yaml = """
            mapping: chinese
            title: A Chinese list
            kind: cases
            list: chinese
            columns: { id: [编号], name: [姓名], birth: [出生日期], onset: [发病日期], class: [病例分类] }
            defaults: { disease: MEASLES, place: "990102" }
            """;
        const string Text = "编号,姓名,出生日期,发病日期,病例分类\n甲1,测试甲,1980-02-03,2022年3月1日,确诊病例\n甲2,测试乙,1990,2022-03-02,疑似\n";
        var gb = Path.Combine(world.Folder, "gb.csv");
        File.WriteAllBytes(gb, Encoding.GetEncoding("GB18030").GetBytes(Text));
        Assert.Equal(2, (await world.Run(gb, ListWorld.Mapping(yaml))).Accepted);
        var wide = Path.Combine(world.Folder, "wide.csv");
        File.WriteAllText(wide, Text, Encoding.Unicode);
        Assert.Equal(2, (await world.Run(wide, ListWorld.Mapping(yaml))).Had);
        var book = Path.Combine(world.Folder, "list.xlsx");
        await using (var file = File.Create(book))
        using (var writer = ListWriter.Of(file, workbook: true))
            foreach (var line in Text.Replace("2022年3月1日", "44621", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                writer.Row(line.Split(','), new bool[5]);
        Assert.Equal(2, (await world.Run(book, ListWorld.Mapping(yaml))).Had);
        Assert.Equal((CaseClass.Confirmed, CaseClass.Suspect, new DateOnly(2022, 3, 1)), (world.Case("甲1").Class, world.Case("甲2").Class, world.Case("甲1").Onset));
        var broken = File.ReadAllBytes(book);
        foreach (var cut in (int[])[10, broken.Length / 2, broken.Length - 30])
        {
            File.WriteAllBytes(book, broken[..cut]);
            Assert.Equal("workbook_broken", await Code(world, book, yaml));
        }
        broken[broken.Length / 3] ^= 0x55;
        File.WriteAllBytes(book, broken);
        Assert.Equal("workbook_broken", await Code(world, book, yaml));
        File.WriteAllBytes(book, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 1, 2, 3]);
        Assert.Equal("workbook_broken", await Code(world, book, yaml));
        Assert.Equal("import_empty", await Code(world, world.Write("", "empty.csv"), yaml));
        Assert.Equal("list_without_rows", await Code(world, world.Write("编号,姓名\n", "heads.csv"), yaml));
        Assert.Equal("list_columns_missing", await Code(world, world.Write("number,name\n1,x\n", "other.csv"), yaml));
        Assert.Equal("file_not_readable", await Code(world, Path.Combine(world.Folder, "nowhere.csv"), yaml));
        Assert.Equal("place_needed", await Code(world, world.Write("编号\n1\n", "noplace.csv"), yaml.Replace(", place: \"990102\"", "")));
        // Bytes that are no text break their own row only.
        File.WriteAllBytes(gb, [.. Encoding.UTF8.GetBytes("编号,姓名,出生日期,发病日期,病例分类\n乙1,测"), 0xff, 0xfe, .. Encoding.UTF8.GetBytes("丙,1980,,确诊\n乙2,测试丁,1981,,确诊\n")]);
        var bytes = await world.Run(gb, ListWorld.Mapping(yaml));
        Assert.Equal((1, "row_bad_encoding"), ((int)bytes.Accepted, bytes.FirstRefused.Single().Code));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_the_list_changed_is_changed_through_the_history_and_what_a_person_corrected_stays(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        var mapping = ListWorld.Mapping(Yaml);
        await world.Text(Head + "1,,,,30,2022-03-01,2022-03-04,,,疑似病例,,\n2,,,,30,2022-03-02,,,,Confirmed,,\n3,,,,30,2022-03-02,,,,Discarded,,\n", mapping);
        // Somebody corrects the onset by hand; the list goes on saying the old day, and brings another class and a death.
        var acts = new CaseActs(world.Store, LocalDays.China);
        var investigator = new Http.Caller(new Actor(ActorKind.Staff, Uuid7.New(world.Clock)), default, ListWorld.County, [new Http.Grant(Http.Role.Investigator, ListWorld.County)]);
        Assert.True((await new CorrectCaseHandler(acts).Handle(investigator, new CorrectCase(world.Case("1").Id, "asked again", new DateOnly(2022, 2, 27)))).Ok);
        var report = await world.Text(Head + "1,,,,30,2022-03-01,2022-03-04,2022-03-10,,Confirmed,,\n2,,,,30,2022-03-02,,,,Confirmed,,\n3,,,,30,2022-03-05,,,,Discarded,,\n"
            + "4,,,,30,2022-03-02,,,,Confirmed,,\n", mapping);
        Assert.Equal((1, 1, 1, 1), ((int)report.Accepted, (int)report.Updated, (int)report.Had, (int)report.Refused));
        Assert.Equal((4L, "case_ruled_out"), (report.FirstRefused[0].Row, report.FirstRefused[0].Code));
        var row = world.Case("1");
        Assert.Equal((CaseClass.Confirmed, new DateOnly(2022, 2, 27), new DateOnly(2022, 3, 10), CaseOutcome.Died, ClinicalState.Dead),
            (row.Class, row.Onset, row.DeathOn, row.Outcome, row.Clinical));
        var history = world.Store.Read(s => CaseHistory.Of(s, row.Owner, row.Id));
        Assert.Contains(history, h => h is { Field: "class", OldValue: "suspect", NewValue: "confirmed", Reason: "the list bad was imported again" });
        Assert.DoesNotContain(history, h => h.Field == "onset" && h.NewValue == "2022-03-01" && h.OldValue is not null);
        // Back is not a way that a class goes.
        var back = await world.Text(Head + "1,,,,30,2022-03-01,2022-03-04,2022-03-10,,疑似病例,,\n", mapping, name: "back.csv");
        Assert.Equal((1, "Class"), ((int)back.Refused, back.FirstRefused[0].Column!));
        Assert.Equal(4, world.Count("case_record"));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Rows_outside_the_callers_territory_are_refused_and_the_others_taken(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        var caller = new Http.Caller(new Actor(ActorKind.Staff, Uuid7.New(world.Clock)), default, ListWorld.County, [new Http.Grant(Http.Role.Investigator, ListWorld.County)]);
        var report = await world.Run(world.Write(Head + "1,,,,30,2022-03-01,,,,Confirmed,,990102\n2,,,,30,2022-03-01,,,,Confirmed,,990103\n"), ListWorld.Mapping(Yaml), caller: caller);
        Assert.Equal((1, 3L, "not_allowed"), ((int)report.Accepted, report.FirstRefused.Single().Row, report.FirstRefused.Single().Code));
    }

    static async Task<string> Code(ListWorld world, string path, string yaml) =>
        (await world.Import.Handle(new ImportLineList(path, ListWorld.Mapping(yaml)), Actor.System)).Refusal?.Code ?? "taken";

    /// <summary>A number of a county that there is none of, with the right check digit.</summary>
    internal static string Id(int serial)
    {
        var body = $"99010219800101{serial:000}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return body + "10X98765432"[body.Select((c, i) => (c - '0') * weights[i]).Sum() % 11];
    }

    sealed class Stop(long at) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Rows >= at)
                throw new OperationCanceledException();
        }
    }
}
