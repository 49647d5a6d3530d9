using System.Text;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.LineLists;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.LineLists;

/// <summary>Lists written out: pseudonymous by default, for a purpose, and logged. Persons are invented.</summary>
[Trait("area", "lists")]
public sealed class ExportListTests
{
    const string Yaml = """
        mapping: out
        title: A list
        kind: cases
        list: out
        columns: { id: [id], name: [name], doc_no: [doc], phone: [phone], birth: [birth], onset: [onset], infector: [from], place: [place], disease: [disease] }
        defaults: { class: confirmed, disease: MEASLES }
        """;

    static readonly string List = "id,name,doc,phone,birth,onset,from,place,disease\n"
        + $"a,Zzqanary Test,{BadListTests.Id(3)},13900000000,,2022-03-01,,990102,\n"
        + "b,=HYPERLINK(\"x\"),,,2020,2022-03-03,a,990102001,\n"
        + "c,\"Test, Ulla\",,,1930-01-01,,b,990103,\nd,Viktor Test,,,1980,2022-03-01,,990102,MERS\n";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task An_export_is_pseudonymous_joins_with_its_links_and_tells_nobodys_name_number_or_address(StoreKind kind)
    {
        await using var world = await Filled(kind);
        var cases = Rows(await Run(world, new ExportLineList(ListKind.Cases, Purpose.Statistics, Disease: "MEASLES") { Name = "one" }));
        var links = Rows(await Run(world, new ExportLineList(ListKind.Links, Purpose.Statistics) { Name = "one" }));
        Assert.Equal(3, cases.Count);
        Assert.Equal(["0-2", "18-59", "80+"], cases.Select(c => c["age_band"]).Order());
        Assert.Equal(["990102", "990102", "990103"], cases.Select(c => c["onset_county"]).Order());
        var text = await Run(world, new ExportLineList(ListKind.Cases, Purpose.Statistics));
        foreach (var secret in (string[])["Zzqanary", "Ulla", "HYPERLINK", BadListTests.Id(3), "13900000000", "1930", "990102001", "990102-2022"])
            Assert.DoesNotContain(secret, text);
        // a to b to c, by pseudonyms alone.
        string Of(string band) => cases.Single(c => c["age_band"] == band)["case"];
        Assert.Equal([(Of("18-59"), Of("0-2")), (Of("0-2"), Of("80+"))], links.Select(l => (l["from"], l["to"])).OrderBy(l => l.Item1 == Of("0-2")));
        // Another export has other pseudonyms, the same one has the same.
        var again = Rows(await Run(world, new ExportLineList(ListKind.Cases, Purpose.Statistics, Disease: "MEASLES") { Name = "one" }));
        var other = Rows(await Run(world, new ExportLineList(ListKind.Cases, Purpose.Statistics, Disease: "MEASLES")));
        Assert.Equal(cases.Select(c => c["case"]), again.Select(c => c["case"]));
        Assert.Empty(cases.Select(c => c["person"]).Intersect(other.Select(c => c["person"])));
        Assert.True(world.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM access_log WHERE action = 'export' AND subject_kind = 'line_list_cases' AND purpose = 5")) >= 4);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Real_columns_need_to_be_asked_for_by_whoever_may_see_persons_for_a_purpose_that_needs_names(StoreKind kind)
    {
        await using var world = await Filled(kind);
        Task<Outcome<long>> Ask(ExportLineList wanted, Caller? caller) =>
            new ExportLineListHandler(world.Store, world.Keyring, LocalDays.China).Handle(wanted, Actor.System, caller, new MemoryStream());
        var wanted = new ExportLineList(ListKind.Cases, Purpose.ContactTracing, Columns: ["no", "name", "residence", "onset"], Real: true);
        Assert.Equal("real_columns_not_asked", (await Ask(wanted with { Real = false }, null)).Refusal!.Code);
        Assert.Equal("purpose_needs_no_names", (await Ask(wanted with { Purpose = Purpose.Statistics }, null)).Refusal!.Code);
        Assert.Equal("column_unknown", (await Ask(wanted with { Columns = ["doc_no"] }, null)).Refusal!.Code);
        Caller Staff(Role role, string territory) => new(new Actor(ActorKind.Staff, Uuid7.New(world.Clock)), default, "990102", [new Grant(role, territory)]);
        Assert.Equal("not_allowed", (await Ask(wanted with { Territory = "990103" }, Staff(Role.Investigator, "990102"))).Refusal!.Code);
        Assert.Equal("not_allowed", (await Ask(wanted, Staff(Role.Technician, "990102"))).Refusal!.Code);
        Assert.Equal((3, 1, 1), ((int)(await Ask(wanted, Staff(Role.Investigator, "990102"))).Value,
            (int)(await Ask(wanted with { Territory = "990102001" }, Staff(Role.Investigator, "990102"))).Value, (int)(await Ask(wanted, Staff(Role.Commander, "990103"))).Value));
        var text = await Run(world, wanted);
        Assert.Contains("Zzqanary Test", text);
        // A cell never begins a formula, and a comma stays inside its cell.
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", text);
        Assert.Contains("\"Test, Ulla\"", text);
        Assert.Equal("no,name,residence,onset", text[..text.IndexOf('\r')]);
        Assert.Equal("no,name,residence,onset", world.Store.Read(s => s.Query<string>("SELECT fields FROM access_log WHERE action = 'export' ORDER BY seq DESC LIMIT 1"))[0]);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_workbook_holds_the_same_rows_and_is_read_again_by_a_mapping(StoreKind kind)
    {
        await using var world = await Filled(kind);
        var path = Path.Combine(world.Folder, "out.xlsx");
        await using (var file = File.Create(path))
            Assert.Equal(4, (await new ExportLineListHandler(world.Store, world.Keyring, LocalDays.China).Handle(
                new ExportLineList(ListKind.Cases, Purpose.ContactTracing, Columns: ["case", "name", "onset", "disease"], Real: true, Workbook: true), Actor.System, null, file)).Value);
        Assert.Equal(["case", "name", "onset", "disease"], ReadHeads.Of(path).Value);
        var mapping = ListWorld.Mapping("""
            mapping: back
            title: Read back
            kind: cases
            list: back
            columns: { id: [case], onset: [onset], disease: [disease] }
            defaults: { class: confirmed }
            """);
        var report = await world.Run(path, mapping, "990104");
        Assert.Equal((4, 0), ((int)report.Accepted, (int)report.Refused));
    }

    static async Task<ListWorld> Filled(StoreKind kind)
    {
        var world = await ListWorld.Open(kind);
        var report = await world.Text(List, ListWorld.Mapping(Yaml));
        Assert.Equal((4, 2), ((int)report.Accepted, (int)report.Drawn));
        return world;
    }

    static async Task<string> Run(ListWorld world, ExportLineList wanted)
    {
        using var output = new MemoryStream();
        var written = await new ExportLineListHandler(world.Store, world.Keyring, LocalDays.China).Handle(wanted, Actor.System, null, output);
        Assert.True(written.Ok, written.Refusal?.Code);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    static List<Dictionary<string, string>> Rows(string text)
    {
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(1).Select(l => lines[0].Split(',').Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }
}
