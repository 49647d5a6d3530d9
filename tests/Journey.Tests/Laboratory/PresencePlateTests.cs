using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Qipan.Journey.Tests.Field;
using Qipan.Journey.Tests.Pages;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Laboratory;

/// <summary>
/// A real instrument's file, the whole way: 84 wells of a presence/absence plate (80 samples, 4 controls) become 80 pooled tubes of ten, and
/// its positive wells become named people with duties. The file lies outside the repository; the layout and the assay that go with it are
/// those of docs/formats/presence-absence.
/// </summary>
public sealed class PresencePlateTests(ITestOutputHelper output)
{
    const string Real = "lab/quantstudio/appbio_quantstudio_designandanalysis_QS7Pro_Presence_and_Absence_example10.xlsx";
    const string Layout = "docs/formats/presence-absence/layout.csv";
    const string Assay = "docs/formats/presence-absence/assay.json";

    public static TheoryData<StoreKind, bool> Ways => new() { { StoreKind.Sqlite, false }, { StoreKind.Sqlite, true }, { StoreKind.Postgres, false } };

    [Theory, MemberData(nameof(Ways))]
    public async Task From_a_real_plate_to_named_members_with_duties(StoreKind kind, bool byCommandLine)
    {
        var file = RealFile.Path(Real);
        await using var app = await QipanApp.Start(kind, folder: PlateTown.Exercise);
        var codes = File.ReadLines(RealFile.OfRepository(Layout)).Skip(1).Select(l => l.Split(',')[1]).Where(c => c.StartsWith('R')).ToList();
        Assert.Equal(80, codes.Count);
        var town = await PlateTown.Build(app, codes);
        await town.Sample();
        await town.Receive();

        var run = byCommandLine ? LoadByCommandLine(app, town, file) : await LoadByApi(town, file);
        await Release(town, run);

        var alerts = (await town.Get("team", "/api/laboratory/alerts?take=200")).GetProperty("items").EnumerateArray().ToList();
        var positive = PositiveTubes(codes).ToDictionary(c => town.Tubes[c]);
        Assert.Equal(positive.Keys.Order(), alerts.Select(a => a.GetProperty("tube").GetGuid()).Order());
        await MembersAreNamed(town, alerts[0], positive);
        await CountsAgree(town);
        Trail(app, town, alerts[0]);
        Assert.Equal(0, Run(app, ["verify", app.Storage.Folder], "--store").Exit);
    }

    /// <summary>The plate as it is: row A to H, negatives in columns 2 to 5, positives in 7 to 12.</summary>
    static IEnumerable<string> PositiveTubes(IEnumerable<string> codes) => File.ReadLines(RealFile.OfRepository(Layout)).Skip(1).Select(l => l.Split(','))
        .Where(l => int.Parse(l[0][1..], CultureInfo.InvariantCulture) >= 7 && codes.Contains(l[1])).Select(l => l[1]);

    static async Task<Guid> LoadByApi(PlateTown town, string file)
    {
        var technician = town.As("technician");
        using var assay = JsonDocument.Parse(await File.ReadAllTextAsync(RealFile.OfRepository(Assay)));
        await PlateTown.Post(technician, "/api/laboratory/assays", new { lab = town.Lab, id = "presence-absence", version = 1, kit = "example", definition = assay.RootElement });
        var wells = await (await technician.PostAsync($"/api/laboratory/laboratories/{town.Lab}/layouts?name=plate-1",
            new ByteArrayContent(await File.ReadAllBytesAsync(RealFile.OfRepository(Layout))))).Read();
        Assert.Equal(84, wells.GetProperty("wells").GetInt32());
        var address = $"/api/laboratory/laboratories/{town.Lab}/runs?fileName=example10.xlsx&assay=presence-absence&layout=plate-1&round={town.Round}";
        var loaded = (await (await technician.PostAsync(address, new ByteArrayContent(await File.ReadAllBytesAsync(file)))).Read()).GetProperty("runs")[0];
        Assert.Equal((80, 0), (loaded.GetProperty("tubes").GetInt32(), loaded.GetProperty("refused").GetArrayLength()));
        Assert.Equal((32, 48), (loaded.GetProperty("calls").GetProperty("NEG").GetInt32(), loaded.GetProperty("calls").GetProperty("POS").GetInt32()));
        Assert.Equal("4 controls in order.", loaded.GetProperty("controlNote").GetString());
        var again = (await (await technician.PostAsync(address, new ByteArrayContent(await File.ReadAllBytesAsync(file)))).Read()).GetProperty("runs")[0];
        Assert.Equal((true, loaded.GetProperty("run").GetGuid()), (again.GetProperty("alreadyHad").GetBoolean(), again.GetProperty("run").GetGuid()));
        return loaded.GetProperty("run").GetGuid();
    }

    Guid LoadByCommandLine(QipanApp app, PlateTown town, string file)
    {
        string[] load = ["import", "lab-results", file, "--store", app.Storage.Folder, "--lab", "Laboratory one", "--layout", RealFile.OfRepository(Layout),
            "--assay", RealFile.OfRepository(Assay), "--round", town.Round.ToString(), "--run-by", "technician"];
        var (exit, text) = Run(app, load, "--conn");
        output.WriteLine(text);
        Assert.Equal(0, exit);
        Assert.Contains("80 tubes, 0 wells refused: 32 NEG, 48 POS", text);
        Assert.Contains("4 controls in order.", text);
        Assert.Contains("already had", Run(app, load, "--conn").Text);
        Assert.Equal(2, Run(app, load[..^2], "--conn").Exit);
        Assert.Contains("staff_unknown", Run(app, [.. load[..^1], "nobody"], "--conn").Text);
        return Guid.ParseExact(text.Split("run ")[1][..32], "N");
    }

    /// <summary>Two review, alarms are answered for (the file's run began years before the tubes were received), and then it goes out.</summary>
    static async Task Release(PlateTown town, Guid run)
    {
        var release = new { runs = new[] { run } };
        await PlateTown.Post(town.As("reviewer-1"), "/api/laboratory/runs/review", new { run });
        Assert.Equal("same_reviewer", await Refused(town.As("reviewer-1"), "/api/laboratory/runs/review", new { run }));
        Assert.Equal("run_not_reviewed", await Refused(town.As("reviewer-2"), "/api/laboratory/runs/release", release));
        await PlateTown.Post(town.As("reviewer-2"), "/api/laboratory/runs/review", new { run });
        Assert.Equal("run_unverified", await Refused(town.As("reviewer-2"), "/api/laboratory/runs/release", release));
        // On the page, where the run says why its results are held.
        var verified = await town.As("reviewer-2").Submit($"/lab/runs/{run:N}", $"/lab/runs/{run:N}/verify", ("reason", "the plate of an exercise, run years before"));
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, verified.StatusCode);
        var released = (await PlateTown.Post(town.As("reviewer-2"), "/api/laboratory/runs/release", release)).GetProperty("items")[0];
        Assert.Equal((80, 0, 48), (released.GetProperty("tubes").GetInt32(), released.GetProperty("held").GetInt32(), released.GetProperty("alerts").GetArrayLength()));
    }

    static async Task<string?> Refused(HttpClient client, string path, object body)
    {
        var answer = await client.PostAsync(path, Json.Of(body));
        Assert.False(answer.IsSuccessStatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();
    }

    /// <summary>Everybody in a positive tube is held, sampled again and decided, by name, where they are now.</summary>
    static async Task MembersAreNamed(PlateTown town, JsonElement alert, Dictionary<Guid, string> positive)
    {
        var detail = await town.Get("team", $"/api/laboratory/alerts/{alert.GetProperty("id").GetGuid()}");
        var members = detail.GetProperty("members").EnumerateArray().ToList();
        var names = new List<string>();
        foreach (var member in members)
        {
            var person = member.GetProperty("person").GetGuid();
            names.Add((await town.Get("team", $"/api/registers/persons/{person}?purpose=testing")).GetProperty("name").GetString()!);
            var duties = (await town.Get("team", $"/api/duties?territory={PlateTown.County}&subject={person}&state=open")).GetProperty("items").EnumerateArray();
            var kinds = duties.Select(d => d.GetProperty("id").GetString()!.Split('.')[0]).ToHashSet();
            Assert.Superset(new HashSet<string> { "hold_member", "resample_member", "decide_member" }, kinds);
            Assert.All(duties, d => Assert.NotEqual(Guid.Empty, d.GetProperty("ownerUnit").GetGuid()));
        }
        Assert.Equal(town.Names[positive[alert.GetProperty("tube").GetGuid()]].Order(), names.Order());
    }

    static async Task CountsAgree(PlateTown town)
    {
        var board = (await town.Get("officer", $"/api/sampling/rounds/{town.Round}?owner={PlateTown.County}")).GetProperty("total");
        Assert.Equal((800, 320, 480), (board.GetProperty("should").GetInt32(), board.GetProperty("done").GetInt32(), board.GetProperty("open").GetInt32()));
        foreach (var kind in new[] { "hold_member", "resample_member", "decide_member" })
        {
            var count = (await town.Get("team", $"/api/duties/counts?territory={PlateTown.County}&kind={kind}&ages=false")).GetProperty("items").EnumerateArray();
            Assert.Equal(480, count.Sum(c => c.GetProperty("open").GetInt32()));
        }
    }

    /// <summary>From a member's duty back to the device that scanned them, as an inspector asks for it.</summary>
    void Trail(QipanApp app, PlateTown town, JsonElement alert)
    {
        var duty = app.Store.Read(s => s.Query<DutyLine>("SELECT basis_id, subject_id FROM duty WHERE kind = 7 AND basis_id = @id ORDER BY subject_id LIMIT 1",
            new { id = alert.GetProperty("id").GetGuid().ToString("N") })).Single();
        var store = app.Storage.Connection.Length > 0 ? app.Storage.Connection : app.Storage.Folder;
        var (exit, text) = Run(app, ["trail", "duty", $"hold_member.{duty.BasisId}.{duty.SubjectId:N}", "--store", store], "");
        output.WriteLine(text);
        Assert.Equal(0, exit);
        foreach (var step in new[] { "pool_alert/", "result/", "run/", "tube/", "registration/", "submission/", $"device/{town.Device}" })
            Assert.Contains(step, text);
    }

    /// <summary>The command line on the same store; the server runs on.</summary>
    static (int Exit, string Text) Run(QipanApp app, IEnumerable<string> arguments, string storeOption)
    {
        using var text = new StringWriter();
        string[] store = app.Storage.Connection.Length > 0 && storeOption.Length > 0 ? [storeOption, app.Storage.Connection] : [];
        var exit = Cli.Program.Run([.. arguments, .. store], new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = text, Error = text });
        return (exit, text.ToString());
    }

    sealed class DutyLine
    {
        public string BasisId { get; init; } = "";

        public Guid SubjectId { get; init; }
    }
}
