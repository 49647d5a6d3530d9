using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Bench.Intake;
using Qipan.Bench.Rounds;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Server.Access;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Bench.Boards;

/// <summary>
/// `board [--persons 1000000] [--cases 25000] [--duties 100000] [--folder DIR]`: a county with a published round and its tubes, cases, and duties of contacts
/// over ten days; the board made new each time for regions of each size, and its page over HTTP.
/// </summary>
static class BoardRun
{
    const int Times = 15;

    public static async Task<int> Run(string[] args)
    {
        var persons = Number(args, "--persons", 1_000_000);
        var given = Option(args, "--folder");
        var folder = given ?? Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        var since = TimeProvider.System.GetUtcNow() - RosterTown.Day.AddHours(2);
        var clock = new Earlier(since);
        try
        {
            var staged = Path.Combine(folder, "staged");
            if (!File.Exists(staged))
            {
                var (round, _) = await MemoryRun.Stage(folder, "", persons, clock);
                await File.WriteAllTextAsync(staged, round.ToString());
            }
            await using var server = await IntakeServer.Start(folder, "", clock);
            var account = await FirstAccount.Add(server.Services, "bench" + Uuid7.New(clock).ToString("N")[^6..], "Bench", [new Grant(Role.Commander, RosterTown.County[..4])]);
            var session = (await server.Services.GetRequiredService<StaffDirectory>().SignIn(account.Value.Login, account.Value.Password)).Value;
            await Fill(server.Store, Number(args, "--cases", 25_000), Number(args, "--duties", 100_000));
            Console.WriteLine($"{server.Store.Kind}, {persons:N0} persons, {persons / 10:N0} tubes, {server.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM case_record")):N0} cases, {server.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty")):N0} duties, {Environment.ProcessorCount} cores");
            Console.WriteLine();
            Console.WriteLine("| what | median ms | p95 ms | slowest ms |");
            Console.WriteLine("|---|---|---|---|");
            var (days, settings) = (server.Services.GetRequiredService<DayBook>(), server.Services.GetRequiredService<SituationSettings>());
            foreach (var (name, code) in new[] { ("city", RosterTown.County[..4]), ("county", RosterTown.County), ("street", RosterTown.County + "001"), ("community", RosterTown.County + "001001"), ("building", RosterTown.County + "001001.c01.b05") })
                await Print($"the board of a {name}, made new", () => Task.FromResult(new BoardBook(server.Store, days, settings).Of(new Region(code)).Duties.Count));
            using var http = new HttpClient { BaseAddress = new Uri(server.Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", session.Token) } };
            var turn = 0;
            await Print("the page of the county over HTTP, made new", () => Page(http, $"/board?area={RosterTown.County}&disease=none{turn++}"));
            await Print("the same, kept", () => Page(http, $"/board?area={RosterTown.County}"));
            await Print("the page of charts", () => Page(http, $"/board/curve?area={RosterTown.County}"));
            return 0;
        }
        finally
        {
            if (given is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<int> Page(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadAsByteArrayAsync()).Length : throw new InvalidOperationException($"{path}: {answer.StatusCode}");
    }

    static async Task Fill(Store store, int cases, int duties)
    {
        var now = store.Clock.GetUtcNow();
        if (store.Read(s => s.Scalar<long>("SELECT count(*) FROM case_record")) > 0)
            return;
        var rows = new Table<int>("case_record",
            new("owner", ColumnType.Text, _ => RosterTown.County, Key: true), new("id", ColumnType.Uuid, n => IntakeTown.Person(n), Key: true), new("no", ColumnType.Text, n => $"{RosterTown.County}-2022-{n:D5}"),
            new("person", ColumnType.Uuid, n => IntakeTown.Person(n)), new("person_owner", ColumnType.Text, _ => RosterTown.County), new("disease", ColumnType.Text, _ => "COVID-19"),
            new("protocol", ColumnType.Text, _ => "CN-COVID-8@1"), new("class", ColumnType.Small, n => 3 + (n % 2)), new("severity", ColumnType.Small, _ => 0), new("clinical", ColumnType.Small, _ => 0),
            new("onset_about", ColumnType.Small, _ => 0), new("first_positive_at", ColumnType.Big, n => now.AddMinutes(-n * 2)), new("found_at", ColumnType.Big, n => now.AddMinutes(-n * 2)),
            new("outcome", ColumnType.Small, _ => 0), new("discovery", ColumnType.Small, n => 1 + (n % 13)), new("origin", ColumnType.Small, _ => 1), new("report_region", ColumnType.Text, n => IntakeTown.Community(n)),
            new("onset_region", ColumnType.Text, n => IntakeTown.Community(n)), new("current_region", ColumnType.Text, n => IntakeTown.Community(n)), new("custody", ColumnType.Text, _ => RosterTown.County),
            new("opened_by_kind", ColumnType.Text, _ => "bench"), new("opened_by_id", ColumnType.Text, n => n.ToString(CultureInfo.InvariantCulture)), new("source_state", ColumnType.Small, _ => 0),
            new("opened_at", ColumnType.Big, _ => now), new("version", ColumnType.Big, _ => 1));
        var scope = new WriteScope(Actor.System, RosterTown.County);
        foreach (var chunk in Enumerable.Range(0, cases).Chunk(5_000))
            _ = (await store.Write(scope, s => Outcome.Of(s.Insert(rows, chunk)))).Value;
        foreach (var chunk in Enumerable.Range(0, duties).Chunk(10_000))
            _ = (await store.Write(scope, s => Outcome.Of(Ledger.Open(s, [.. chunk.Select(n => new NewDuty
            {
                Owner = RosterTown.County,
                Kind = n % 2 == 0 ? DutyKind.VisitContact : DutyKind.TestContact,
                Subject = IntakeTown.Person(n),
                Basis = new Ref("contact", IntakeTown.Person(n / 10)),
                Area = IntakeTown.Community(n / 50),
                OwnerUnit = default,
                DueAt = now.AddHours((n % 240) - 24),
            })])))).Value;
    }

    static async Task Print(string what, Func<Task<int>> ask)
    {
        await ask();
        var took = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            await ask();
            took.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
        took.Sort();
        Console.WriteLine($"| {what} | {took[took.Count / 2]:N1} | {took[(int)(took.Count * 0.95)]:N1} | {took[^1]:N1} |");
    }

    static int Number(string[] args, string name, int otherwise) =>
        Option(args, name) is { } text ? int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    sealed class Earlier(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - by;
    }
}
