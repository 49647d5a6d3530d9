using System.CommandLine;
using System.Net;
using System.Text.Json;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.CommandLine;

/// <summary>`qipan export` and `qipan staff add` on a store in which something happened.</summary>
public sealed class ExportAndStaffTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task Results_are_exported_by_round_territory_and_day(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var (round, tubes) = await Fill(app);
        var all = Rows(Run(app, "export", "results", app.Storage.Folder, "--purpose", "Testing"));
        Assert.Equal(["R1", "R2"], all.Select(r => r["tube_code"]).Order());
        var positive = all.Single(r => r["call"] == "pos");
        Assert.Equal((tubes[1].ToString("N"), round.ToString("N"), "released", "2022-03-21T00:00:00.000Z", "10"),
            (positive["tube"], positive["round"], positive["state"], positive["released_at"], positive["tube_kind"]));
        // What a spreadsheet would run as a formula is a text.
        Assert.Equal("'=HYPERLINK(\"x\")", positive["reason"]);

        int Count(params string[] filters) => Rows(Run(app, ["export", "results", app.Storage.Folder, "--purpose", "Testing", .. filters])).Count;
        Assert.Equal(2, Count("--round", round.ToString()));
        Assert.Equal(0, Count("--round", Guid.Empty.ToString()));
        Assert.Equal((2, 0), (Count("--territory", "9901"), Count("--territory", "990103")));
        Assert.Equal((1, 0), (Count("--territory", Town.Community), Count("--territory", "990102001002")));
        // 2022-03-21T00:00Z is 08:00 of that day in China.
        Assert.Equal((2, 0, 0), (Count("--from", "2022-03-21", "--to", "2022-03-21"), Count("--from", "2022-03-22"), Count("--to", "2022-03-20")));

        var json = Run(app, "export", "results", app.Storage.Folder, "--purpose", "Statistics", "--format", "json").Output;
        Assert.Equal(2, JsonDocument.Parse(json).RootElement.GetArrayLength());
        Assert.Equal(["2", "5"], app.Store.Read(s => s.Query<string>("SELECT DISTINCT purpose FROM access_log WHERE action = 'export' AND subject_kind = 'results' ORDER BY 1")));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Persons_and_registrations_are_exported_without_numbers_and_a_filter_that_does_not_fit_is_refused(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Fill(app);
        var people = Rows(Run(app, "export", "persons", app.Storage.Folder, "--purpose", "Testing"));
        Assert.Equal("'=1+1", people.Single()["name"]);
        Assert.DoesNotContain(people.Single().Keys, k => k.Contains("doc", StringComparison.Ordinal) || k.Contains("phone", StringComparison.Ordinal));
        Assert.Equal("export_filter_unknown", Code(Run(app, "export", "persons", app.Storage.Folder, "--purpose", "Testing", "--from", "2022-03-21")));
        Assert.Equal("export_filter_unknown", Code(Run(app, "export", "duties", app.Storage.Folder, "--purpose", "Testing", "--round", Guid.Empty.ToString())));
        Assert.Equal(1, Run(app, "export", "duties", app.Storage.Folder, "--purpose", "Testing", "--territory", "not a place").Exit);
        Assert.Equal(2, Run(app, "export", "duties", app.Storage.Folder).Exit);
        Assert.Equal(2, Run(app, "export", "secrets", app.Storage.Folder, "--purpose", "Testing").Exit);
        var file = Path.Combine(app.Storage.Folder, "out.csv");
        var (exit, output, error) = Run(app, "export", "registrations", app.Storage.Folder, "--purpose", "Testing", "--from", "2022-03-21", "--out", file);
        Assert.Equal((0, "", "1 rows"), (exit, output, error.Trim()));
        Assert.Equal(2, File.ReadAllLines(file).Length);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task An_account_made_on_the_machine_signs_in_with_the_password_that_was_printed_once(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var (exit, output, error) = Run(app, "staff", "add", app.Storage.Folder, "round.office", "--role", "RoundOfficer", "--territory", Town.County);
        Assert.Equal((0, ""), (exit, error));
        var printed = output.Trim().Split(' ');
        Assert.Equal("round.office", printed[0]);
        using var client = app.Client();
        var session = await (await client.PostAsync("/api/session", Json.Of(new { login = printed[0], password = printed[1] }))).Read();
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("token").GetString());
        var seen = await (await client.GetAsync("/api/session")).Read();
        var grant = seen.GetProperty("grants").EnumerateArray().Single();
        Assert.Equal(("round_officer", Town.County), (grant.GetProperty("role").GetString(), grant.GetProperty("territory").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/registers/staff")).StatusCode);

        Assert.Equal("login_taken", Code(Run(app, "staff", "add", app.Storage.Folder, "round.office", "--role", "Auditor")));
        Assert.Equal(2, Run(app, "staff", "add", app.Storage.Folder, "somebody", "--role", "Emperor").Exit);
        Assert.Equal(1, Run(app, "staff", "add", app.Storage.Folder, "x", "--role", "Auditor").Exit);
        Assert.DoesNotContain(app.Log, line => line.Contains(printed[1], StringComparison.Ordinal));
    }

    /// <summary>Two tubes with results, one of them with a person in it.</summary>
    static async Task<(Guid Round, Guid[] Tubes)> Fill(QipanApp app)
    {
        var (round, run) = (Uuid7.New(app.Store.Clock), Uuid7.New(app.Store.Clock));
        Guid[] tubes = [Uuid7.New(app.Store.Clock), Uuid7.New(app.Store.Clock)];
        var at = new DateTimeOffset(2022, 3, 21, 0, 0, 0, TimeSpan.Zero);
        await Town.Build(app);
        using var officer = app.Client(Role.RoundOfficer, Town.County);
        await (await officer.PostAsync("/api/registers/persons", Json.Of(new { person = new { name = "=1+1", residence = Town.Room, birth = "1980-01-01" } }))).Read();
        _ = (await app.Store.Write(new WriteScope(Actor.System, Town.County), session =>
        {
            for (var i = 0; i < 2; i++)
            {
                session.Execute("""
                    INSERT INTO tube (owner, id, code, round, kind, capacity, state, sealed_at, count, conflict, priority, received_at, reject_reason, holder, updated_at)
                    VALUES (@County, @id, @code, @round, 10, 10, 8, @at, 1, 0, 0, @at, 0, '', @at)
                    """, new { Town.County, id = tubes[i], code = $"R{i + 1}", round, at });
                session.Execute("""
                    INSERT INTO result (owner, id, tube, run, version, call, ct, state, reported_at, released_at, reason, verified)
                    VALUES (@County, @id, @tube, @run, 1, @call, '{"N":30}', 2, @at, @at, @reason, 1)
                    """, new { Town.County, id = session.NewId(), tube = tubes[i], run, call = (short)(i + 1), at, reason = i == 1 ? "=HYPERLINK(\"x\")" : null });
            }
            session.Execute("""
                INSERT INTO registration (owner, id, round, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method,
                  scope_version, supplement, duplicate, state, result_state, area)
                VALUES (@County, @id, @round, @id, @County, @tube, 1, @at, @at, 2, @id, 1, 1, 0, 0, 2, 0, @Community)
                """, new { Town.County, Town.Community, id = session.NewId(), round, tube = tubes[1], at });
            return Outcome.Done;
        })).Value;
        return (round, tubes);
    }

    static List<Dictionary<string, string>> Rows((int Exit, string Output, string Error) ran)
    {
        Assert.True(ran.Exit == 0, ran.Error);
        using var reader = new StringReader(ran.Output);
        using var csv = new CsvHelper.CsvReader(reader, System.Globalization.CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<object>().Cast<IDictionary<string, object>>().Select(r => r.ToDictionary(c => c.Key, c => (string)c.Value))];
    }

    static string Code((int Exit, string Output, string Error) ran)
    {
        Assert.Equal(1, ran.Exit);
        return ran.Error.Split(':', ' ').First(w => w.Contains('_', StringComparison.Ordinal));
    }

    static (int Exit, string Output, string Error) Run(QipanApp app, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] store = app.Storage.Connection.Length > 0 ? ["--store", app.Storage.Connection] : [];
        var exit = Cli.Program.Run([.. arguments, .. store], new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
