using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Qipan.Server;
using Qipan.Storage;

namespace Qipan.KillLoop;

/// <summary>How a life ends.</summary>
enum Death
{
    /// <summary>At any instant of a start on an empty folder: the schema is being made.</summary>
    FirstStart,

    /// <summary>At any instant of a later start.</summary>
    Start,

    /// <summary>At any instant while facts come in.</summary>
    Load,

    /// <summary>Just when SQLite copies its log into the file: under load or while it stops.</summary>
    Checkpoint,

    /// <summary>A moment after it was asked to stop.</summary>
    Stop,
}

/// <summary>
/// Kills a real server again and again while devices send to it. Afterwards every acknowledged fact must be there once, nothing else,
/// and `qipan verify` must find nothing. Returns what is wrong.
/// </summary>
sealed class Loop(LoopOptions options, Action<string> print)
{
    const int Samplers = 4;

    readonly Random random = new(options.Seed);
    readonly Gate gate = new();
    readonly Ledger ledger = new();
    readonly SortedDictionary<Death, int> deaths = [];
    readonly string store = Path.Combine(options.Folder, Stores.SqliteFile);
    TimeSpan starting = TimeSpan.FromSeconds(1);
    int person = -1;

    bool Embedded => options.Connection.Length == 0;

    public async Task<IReadOnlyCollection<string>> Run()
    {
        var started = Stopwatch.GetTimestamp();
        await FirstStarts(Math.Max(1, options.Kills / 8));
        var accounts = await Town.Prepare(options);
        var server = await Start();
        var town = await Town.Build(gate.Current!.Address, accounts, options, Samplers);
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Samplers)
            .Select(i => new Sender(town, i, live: i == 0, gate, ledger, () => Interlocked.Increment(ref person), options.Seed * 100 + i)).ToList();
        var sending = senders.ConvertAll(s => Task.Run(() => s.Run(stop.Token)));
        var proving = Task.CompletedTask;
        while (deaths.Values.Sum() < options.Kills)
        {
            await Die(server, Choose());
            await proving;
            server.Dispose();
            server = await Start();
            proving = Task.WhenAll(senders.Select(s => s.Prove()));
            if (deaths.Values.Sum() % 10 == 0)
                Say(started);
        }
        await proving;
        await stop.CancelAsync();
        await Task.WhenAll(sending);
        await Board(town);
        await Stop(server);
        foreach (var sender in senders)
            sender.Dispose();
        var (exit, output) = await ServerProcess.Run(["verify", options.Folder, .. ServerProcess.Store("--store", options.Connection)]);
        print(output);
        if (exit != 0)
            ledger.Findings.Enqueue($"qipan verify ended with {exit}");
        await using var kept = await Stores.Open(new StorageSettings { Folder = options.Folder, Connection = options.Connection }, TimeProvider.System, Modules.Schemas);
        foreach (var finding in new Checks(ledger, person + 1, options.Persons).Of(kept, print))
            ledger.Findings.Enqueue(finding);
        Say(started);
        return ledger.Findings;
    }

    /// <summary>What the devices know, for a test that breaks the store and wants it seen.</summary>
    public IEnumerable<string> Recheck(Store kept) => new Checks(ledger, person + 1, options.Persons).Of(kept, _ => { });

    /// <summary>Kills starts on empty folders; the start after each must come up. The last folder is the loop's.</summary>
    async Task FirstStarts(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (Embedded && i > 0)
                foreach (var file in Directory.EnumerateFiles(options.Folder, Stores.SqliteFile + "*"))
                    File.Delete(file);
            using (var server = ServerProcess.Serve(options.Folder, options.Connection))
            {
                // The schema is made between the store's first byte and the first address: most kills go there.
                while (Embedded && !File.Exists(store) && !server.HasExited)
                    await Task.Delay(1);
                await Task.WhenAny(server.Listening, Task.Delay(starting * random.NextDouble()));
                Kill(server, Death.FirstStart);
            }
            await Stop(await Start());
        }
    }

    Death Choose() => random.Next(100) switch
    {
        < 15 => Death.Start,
        < 65 => Death.Load,
        < 85 => Embedded ? Death.Checkpoint : Death.Load,
        _ => Death.Stop,
    };

    async Task Die(ServerProcess server, Death death)
    {
        switch (death)
        {
            case Death.Start:
                // The life under load ends first, without being counted twice; the next one does not get to listen, or only just.
                await Wait(options.LongestLife * random.NextDouble());
                Kill(server, Death.Load);
                using (var next = ServerProcess.Serve(options.Folder, options.Connection))
                {
                    await Wait(starting * 1.1 * random.NextDouble());
                    Kill(next, Death.Start);
                }
                break;
            case Death.Checkpoint:
                var before = File.GetLastWriteTimeUtc(store);
                if (!Copied(before, options.LongestLife * 2))
                {
                    server.AskToStop();
                    Copied(before, TimeSpan.FromSeconds(10));
                }
                Kill(server, Death.Checkpoint);
                break;
            case Death.Stop:
                await Wait(options.LongestLife * random.NextDouble());
                server.AskToStop();
                await Wait(TimeSpan.FromMilliseconds(100) * random.NextDouble());
                Kill(server, Death.Stop);
                break;
            default:
                await Wait(options.LongestLife * random.NextDouble());
                Kill(server, Death.Load);
                break;
        }
    }

    /// <summary>True as soon as the file itself is written to, and not only its log.</summary>
    bool Copied(DateTime before, TimeSpan most)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < most)
        {
            if (File.GetLastWriteTimeUtc(store) != before)
                return true;
            Thread.Yield();
        }
        return false;
    }

    void Kill(ServerProcess server, Death death)
    {
        if (!server.HasExited)
            deaths[death] = deaths.GetValueOrDefault(death) + 1;
        server.Kill();
        Errors(server);
    }

    async Task<ServerProcess> Start()
    {
        var started = Stopwatch.GetTimestamp();
        var began = TimeProvider.System.GetUtcNow();
        var server = ServerProcess.Serve(options.Folder, options.Connection);
        if (await server.Listening is not { } address)
            throw new InvalidOperationException($"The server did not start again: {string.Join(' ', server.Errors)}");
        starting = Stopwatch.GetElapsedTime(started);
        gate.Open(new Life((gate.Current?.Number ?? 0) + 1, address, began));
        return server;
    }

    async Task Stop(ServerProcess server)
    {
        server.AskToStop();
        if (await server.Ended() is not 0 and var exit)
            ledger.Findings.Enqueue($"asked to stop, the server ended with {exit}");
        Errors(server);
        server.Dispose();
    }

    void Errors(ServerProcess server)
    {
        while (server.Errors.TryDequeue(out var line))
            ledger.Findings.Enqueue($"the server logged: {line}");
    }

    /// <summary>The round as its office sees it must count everybody who was sampled.</summary>
    async Task Board(Town town)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", town.OfficerToken);
        var text = await http.GetStringAsync(new Uri(gate.Current!.Address, $"/api/sampling/rounds/{town.Round}?owner={Town.County}"));
        var total = JsonDocument.Parse(text).RootElement.GetProperty("total");
        print($"board: {total.GetProperty("should").GetInt64()} on the roster, {total.GetProperty("sampled").GetInt64()} sampled");
        if (total.GetProperty("sampled").GetInt64() != person + 1)
            ledger.Findings.Enqueue($"the board counts {total.GetProperty("sampled").GetInt64()} sampled persons of {person + 1}");
        if (total.GetProperty("should").GetInt64() != options.Persons)
            ledger.Findings.Enqueue($"the board has {total.GetProperty("should").GetInt64()} persons on the roster of {options.Persons}");
    }

    void Say(long started) => print(string.Create(CultureInfo.InvariantCulture,
        $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s: {deaths.Values.Sum()} kills ({string.Join(", ", deaths.Select(d => $"{Name(d.Key)} {d.Value}"))}); "
        + $"{ledger.Acknowledged.Count:N0} facts acknowledged; in doubt at a kill: {ledger.Doubts.Had:N0} facts had been taken, {ledger.Doubts.NotHad:N0} had not; "
        + $"{ledger.Proved:N0} sent again; {ledger.Findings.Count} findings"));

    static string Name(Death death) => death switch
    {
        Death.FirstStart => "first start",
        Death.Start => "start",
        Death.Load => "load",
        Death.Checkpoint => "checkpoint",
        Death.Stop => "stop",
    };

    static Task Wait(TimeSpan time) => Task.Delay(time);
}
