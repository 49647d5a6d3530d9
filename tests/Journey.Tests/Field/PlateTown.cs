using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Xunit;

namespace Qipan.Journey.Tests.Field;

/// <summary>
/// An invented county with a laboratory, its staff, a round, and tubes of ten whose codes stand in a plate layout. Everything is done over
/// HTTP: by accounts that sign in, and by a device.
/// </summary>
sealed class PlateTown
{
    public const string County = "990102";
    public const string Community = "990102001001";
    const string Password = "a password of the test";
    const int InTube = 10;
    const int InBox = 20;

    readonly QipanApp app;
    readonly Dictionary<string, HttpClient> staff = [];

    PlateTown(QipanApp app) => this.app = app;

    public Guid Lab { get; private set; }

    public Guid Round { get; private set; }

    public string Device { get; private set; } = "";

    /// <summary>Tube id by printed code.</summary>
    public Dictionary<string, Guid> Tubes { get; } = [];

    /// <summary>Who is in which tube, by the names that stand in the roster's file.</summary>
    public Dictionary<string, List<string>> Names { get; } = [];

    public List<Guid> Boxes { get; } = [];

    HttpClient device = null!;

    public HttpClient As(string login) => staff[login];

    /// <summary>Everything up to the published round; its roster is whole.</summary>
    public static async Task<PlateTown> Build(QipanApp app, IReadOnlyList<string> codes)
    {
        var town = new PlateTown(app);
        await town.Found();
        await town.Persons(codes);
        await town.Publish();
        return town;
    }

    /// <summary>The rules of the day: no authority's hold any more.</summary>
    public static void Exercise(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "protocols"));
        File.Copy(RealFile.OfRepository("protocols/exercise/QIPAN-EXERCISE.yaml"), Path.Combine(folder, "protocols", "QIPAN-EXERCISE.yaml"));
    }

    async Task Found()
    {
        using var chief = app.Client(Role.Administrator, "");
        await chief.PostAsync("/api/registers/imports/places?name=tree.csv", new StringContent(
            $"code,name\n99,演练省\n9901,演练市\n{County},江北区\n990102001,一街道\n{Community},一社区\n", Encoding.UTF8, "text/csv"));
        var unit = (await Post(chief, "/api/registers/units", new { kind = "laboratory", name = "Laboratory one", territory = County })).GetGuid();
        Lab = (await Post(chief, "/api/laboratory/laboratories", new
        {
            owner = County,
            unit,
            name = "Laboratory one",
            uscc = "91350100M000100Y43",
            licence = "licence 1",
            ratedCapacity = new Dictionary<string, int> { ["1"] = 500, ["10"] = 500 },
            @operator = "Operator one",
        })).GetGuid();
        foreach (var (login, role) in new[] { ("technician", "technician"), ("reviewer-1", "reviewer"), ("reviewer-2", "reviewer"), ("officer", "round_officer"), ("team", "investigator") })
        {
            await Post(chief, "/api/registers/staff", new { login, name = login, password = Password, unit = role is "technician" or "reviewer" ? unit : (Guid?)null, grants = new[] { new { role, territory = County } } });
            var client = app.Client();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
                (await Post(client, "/api/session", new { login, password = Password })).GetProperty("token").GetString());
            staff[login] = client;
        }
        var registered = await Post(chief, "/api/intake/devices", new { label = "desk 1", kind = "phone", unit = Guid.Empty, territory = Community, role = "sampler" });
        Device = registered.GetProperty("id").GetGuid().ToString("N");
        device = app.Client();
        device.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", registered.GetProperty("token").GetString());
    }

    async Task Persons(IReadOnlyList<string> codes)
    {
        var csv = new StringBuilder("name,residence,doc_type,doc_no,birth\n");
        for (var i = 0; i < codes.Count; i++)
        {
            Names[codes[i]] = [.. Enumerable.Range(0, InTube).Select(n => $"棋{(char)(0x4E00 + i)}{(char)(0x4E00 + 200 + n)}")];
            for (var n = 0; n < InTube; n++)
                csv.Append(CultureInfo.InvariantCulture, $"{Names[codes[i]][n]},{Community}.c01.b{i + 1}.u1.{n + 101},03,{Document(i, n)},{1950 + n}-02-03\n");
        }
        var report = await (await As("officer").PostAsync("/api/registers/imports/persons?name=roster.csv", new StringContent(csv.ToString(), Encoding.UTF8, "text/csv"))).Read();
        Assert.Equal(codes.Count * InTube, report.GetProperty("accepted").GetInt32());
    }

    async Task Publish()
    {
        var now = app.Store.Clock.GetUtcNow();
        Round = (await Post(As("officer"), "/api/sampling/rounds", new
        {
            name = "plate",
            disease = "COVID-19",
            scope = new[] { County },
            windowStart = now.AddHours(-1),
            windowEnd = now.AddHours(23),
        })).GetProperty("id").GetGuid();
        await Post(As("officer"), $"/api/sampling/rounds/{Round}/publish", new { owner = County });
        await app.Services.GetServices<OpenRosters>().Single().Once();
    }

    /// <summary>Ten persons into each tube, twenty tubes into each box, and each box into the laboratory's hand.</summary>
    public async Task Sample()
    {
        var serial = 0;
        foreach (var box in Names.Keys.Chunk(InBox).ToList())
        {
            var (facts, id) = (new List<object>(), NewId());
            foreach (var code in box)
            {
                Tubes[code] = NewId();
                facts.Add(new { id = Tubes[code], kind = "tube_opened", occurredAt = Now, code, round = Round, tubeKind = InTube });
                for (var n = 0; n < InTube; n++)
                    facts.Add(new { id = NewId(), kind = "sample_registered", occurredAt = Now, tube = Tubes[code], position = n + 1, person = new { docType = 3, docNo = Document(serial, n) } });
                facts.Add(new { id = NewId(), kind = "tube_sealed", occurredAt = Now, tube = Tubes[code], seal = "S" });
                serial++;
            }
            facts.Add(new { id, kind = "box_opened", occurredAt = Now, code = $"BOX{Boxes.Count:D6}", capacity = InBox });
            foreach (var code in box)
                facts.Add(new { id = NewId(), kind = "tube_boxed", occurredAt = Now, tube = Tubes[code], box = id });
            facts.Add(new { id = NewId(), kind = "box_closed", occurredAt = Now, box = id, seal = "B" });
            var (from, to) = ($"device:{Device}", $"unit:{Lab:N}");
            facts.Add(new { id = NewId(), kind = "box_handed_over", occurredAt = Now, box = id, fromHolder = from, fromSignature = from + ":1", toHolder = to, toSignature = to + ":2" });
            await Send(facts);
            Boxes.Add(id);
        }
    }

    public async Task Receive()
    {
        foreach (var (box, codes) in Boxes.Zip(Names.Keys.Chunk(InBox)))
        {
            var reception = await Post(As("technician"), "/api/laboratory/boxes/receive", new { lab = Lab, owner = County, box, tubes = codes.Select(code => new { code }) });
            Assert.Equal((codes.Length, 0), (reception.GetProperty("received").GetArrayLength(), reception.GetProperty("missing").GetArrayLength()));
        }
    }

    public static async Task<JsonElement> Post(HttpClient client, string path, object body) => await (await client.PostAsync(path, Json.Of(body))).Read();

    public async Task<JsonElement> Get(string login, string path) => await (await As(login).GetAsync(path)).Read();

    static string Document(int tube, int n) => string.Create(CultureInfo.InvariantCulture, $"PT{tube:D4}{n:D2}");

    DateTimeOffset Now => app.Store.Clock.GetUtcNow();

    Guid NewId() => Uuid7.New(app.Store.Clock);

    async Task Send(List<object> facts)
    {
        var ids = facts.ConvertAll(f => f.GetType().GetProperty("id")!.GetValue(f)!.ToString());
        var receipt = await Post(device, "/api/intake/batches", new
        {
            batch = NewId(),
            sentAt = Now,
            mode = "report",
            rowCount = facts.Count,
            hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ids)))),
            facts,
        });
        Assert.All(receipt.GetProperty("items").EnumerateArray(), item => Assert.Equal("accepted", item.GetProperty("verdict").GetString()));
    }
}
