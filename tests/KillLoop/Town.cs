using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Qipan.KillLoop;

/// <summary>An invented county with one community, its roster, a round and devices: made through the command line and the API.</summary>
sealed class Town
{
    public const string County = "990102";

    const string Community = "990102001001";

    public required Guid Round { get; init; }

    /// <summary>Tokens of samplers' devices.</summary>
    public required IReadOnlyList<(Guid Id, string Token)> Samplers { get; init; }

    public required (Guid Id, string Token) Courier { get; init; }

    public required string OfficerToken { get; init; }

    /// <summary>Places, accounts and the protocol, while no server runs.</summary>
    public static async Task<(string Admin, string Officer)> Prepare(LoopOptions options)
    {
        Directory.CreateDirectory(Path.Combine(options.Folder, "protocols"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "QIPAN-EXERCISE.yaml"), Path.Combine(options.Folder, "protocols", "QIPAN-EXERCISE.yaml"), overwrite: true);
        var places = Path.Combine(options.Folder, "places.csv");
        await File.WriteAllTextAsync(places, $"code,name\n99,演练省\n9901,演练市\n{County},江北区\n990102001,一街道\n{Community},一社区\n");
        await Must("import", ["import", "places", places, "--store", options.Folder, .. ServerProcess.Store("--conn", options.Connection)]);
        return (await Account(options, "loop-admin", "Administrator"), await Account(options, "loop-officer", "RoundOfficer"));
    }

    static async Task<string> Account(LoopOptions options, string login, string role) => (await Must("staff",
        ["staff", "add", options.Folder, login, "--role", role, "--territory", County, .. ServerProcess.Store("--store", options.Connection)])).Split(' ')[^1];

    static async Task<string> Must(string what, string[] arguments)
    {
        var (exit, output) = await ServerProcess.Run(arguments);
        return exit == 0 ? output : throw new InvalidOperationException($"{what} ended with {exit}: {output}");
    }

    /// <summary>Persons, a published round and devices, through the running server.</summary>
    public static async Task<Town> Build(Uri address, (string Admin, string Officer) accounts, LoopOptions options, int samplers)
    {
        using var http = new HttpClient { BaseAddress = address };
        var officer = await SignIn(http, "loop-officer", accounts.Officer);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", officer);
        await Answer(await http.PostAsync("/api/registers/imports/persons?name=roster.csv", new StringContent(Roster(options.Persons), Encoding.UTF8, "text/csv")));
        var now = TimeProvider.System.GetUtcNow();
        var planned = await Answer(await http.PostAsJsonAsync("/api/sampling/rounds", new
        {
            name = "kill loop",
            disease = "COVID-19",
            scope = new[] { County },
            windowStart = now.AddHours(-1),
            windowEnd = now.AddHours(23),
        }));
        var round = planned.GetProperty("id").GetGuid();
        await Answer(await http.PostAsJsonAsync($"/api/sampling/rounds/{round}/publish", new { owner = County }));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignIn(http, "loop-admin", accounts.Admin));
        var devices = new List<(Guid, string)>();
        for (var i = 0; i <= samplers; i++)
            devices.Add(await Device(http, i == samplers ? "courier" : "sampler", string.Create(CultureInfo.InvariantCulture, $"device {i}")));
        return new Town { Round = round, Samplers = devices[..samplers], Courier = devices[samplers], OfficerToken = officer };
    }

    /// <summary>The document of the n-th person; those beyond the roster are unknown to the register.</summary>
    public static string Document(int n) => string.Create(CultureInfo.InvariantCulture, $"KL{n:D7}");

    static string Roster(int persons)
    {
        var csv = new StringBuilder("name,residence,doc_type,doc_no,birth\n");
        for (var n = 0; n < persons; n++)
            csv.Append(CultureInfo.InvariantCulture, $"演练{n},{Community}.c01.b{n / 200 + 1}.u1.{n % 200 + 101},03,{Document(n)},{1940 + n % 70}-03-04\n");
        return csv.ToString();
    }

    static async Task<(Guid Id, string Token)> Device(HttpClient http, string role, string label)
    {
        var made = await Answer(await http.PostAsJsonAsync("/api/intake/devices", new { label, kind = "phone", unit = Guid.Empty, territory = Community, role }));
        return (made.GetProperty("id").GetGuid(), made.GetProperty("token").GetString()!);
    }

    static async Task<string> SignIn(HttpClient http, string login, string password) =>
        (await Answer(await http.PostAsJsonAsync("/api/session/", new { login, password }))).GetProperty("token").GetString()!;

    static async Task<JsonElement> Answer(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text.Length == 0 ? "null" : text).RootElement
            : throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri!.AbsolutePath}: {(int)answer.StatusCode} {text}");
    }
}
