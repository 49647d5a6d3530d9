using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;

namespace Qipan.Conformance.Sampling;

/// <summary>A county with a device that sends facts: what the tests of intake and sampling stand on.</summary>
sealed class Field : IAsyncDisposable
{
    public const string County = "220204";

    public const string Community = "220204001001";

    readonly TestStore test;
    readonly AcceptBatchHandler handler;

    Field(TestStore test, FakeClock clock, AcceptBatchHandler handler, Caller device, Devices devices)
    {
        this.test = test;
        this.handler = handler;
        Clock = clock;
        Device = device;
        Devices = devices;
    }

    public static ModuleSchema[] Schemas { get; } =
        [RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema];

    public FakeClock Clock { get; }

    public Caller Device { get; }

    public Devices Devices { get; }

    public Store Store => test.Store;

    public static Caller Boss { get; } = new(new Actor(ActorKind.Staff, new Guid("01900000-0000-7000-8000-00000000b055")), new UnitId(Guid.Empty), County,
        [new Grant(Role.Administrator, County), new Grant(Role.RoundOfficer, County), new Grant(Role.Technician, County)]);

    public static async Task<Field> Open(StoreKind kind)
    {
        var clock = new FakeClock(new DateTimeOffset(2022, 3, 21, 1, 0, 0, TimeSpan.Zero));
        var opened = await TestStores.Open(kind, clock, Schemas);
        var judge = new SamplingJudge(Keyring.Of(new string('7', 64)), new SamplingSettings());
        var devices = new Devices(opened.Store, clock);
        var registered = await new RegisterDeviceHandler(opened.Store).Handle(Boss,
            new RegisterDevice("desk 1", DeviceKind.Phone, new UnitId(Guid.Empty), Community, Role.Sampler));
        return new Field(opened, clock, new AcceptBatchHandler(opened.Store, [judge], new IntakeSettings()), devices.CallerOf(registered.Value.Token)!, devices);
    }

    public async Task<Caller> AnotherDevice(Role role = Role.Sampler) => Devices.CallerOf((await new RegisterDeviceHandler(Store).Handle(Boss,
        new RegisterDevice("desk n", DeviceKind.Phone, new UnitId(Guid.Empty), Community, role))).Value.Token)!;

    public Guid Id() => Uuid7.New(Clock);

    /// <summary>Gives the fact an id and the clock's time, where it has none.</summary>
    public T At<T>(T fact, TimeSpan? later = null)
        where T : WireFact
    {
        if (fact.Id == default)
            fact.Id = Id();
        if (fact.OccurredAt == default)
            fact.OccurredAt = Clock.GetUtcNow() + (later ?? TimeSpan.Zero);
        return fact;
    }

    public async Task<Receipt> Send(params WireFact[] facts) => (await TrySend("report", null, facts)).Value;

    public async Task<Receipt> Live(params WireFact[] facts) => (await TrySend("live", null, facts)).Value;

    public Task<Outcome<Receipt>> TrySend(string mode, Caller? from, params WireFact[] facts) => SendRaw(Body(mode, Id(), facts), from);

    public Task<Outcome<Receipt>> SendRaw(byte[] body, Caller? from = null) => handler.Handle(from ?? Device, new AcceptBatch(body, "en"));

    public byte[] Body(string mode, Guid batch, params WireFact[] facts)
    {
        foreach (var fact in facts)
            At(fact);
        return JsonSerializer.SerializeToUtf8Bytes(new WireBatch
        {
            Batch = batch,
            SentAt = Clock.GetUtcNow(),
            Mode = mode,
            RowCount = facts.Length,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts.Select(f => f.Id))))),
            Facts = [.. facts],
        }, JsonSerializerOptions.Web);
    }

    public static WirePerson Somebody(int number) => new() { DocType = 3, DocNo = $"E{number:00000000}", Name = $"Person {number}" };

    /// <summary>
    /// Everything that facts leave, one line per row, without what depends on the delivery: when it was found, and the deadline of a
    /// duty, which is set when the duty is opened and never moved.
    /// </summary>
    public List<string> Rows() => Store.Read(session => Tables.SelectMany(t => session.Query<dynamic>(t)
        .Select(row => string.Join(" | ", ((IDictionary<string, object>)row).Select(c => $"{c.Key}={Text(c.Value)}")))).Order(StringComparer.Ordinal).ToList());

    static readonly string[] Tables =
    [
        "SELECT 'fact' AS t, id, kind, occurred_at, corrected_at, verdict FROM fact",
        "SELECT 'tube' AS t, * FROM tube",
        "SELECT 'registration' AS t, * FROM registration",
        "SELECT 'tube_event' AS t, * FROM tube_event",
        "SELECT 'session' AS t, * FROM sampling_session",
        "SELECT 'antigen' AS t, * FROM antigen",
        "SELECT 'box' AS t, * FROM box",
        "SELECT 'custody' AS t, * FROM custody",
        "SELECT 'sampled' AS t, * FROM round_sampled WHERE persons <> 0",
        "SELECT 'discrepancy' AS t, id, kind, subject_kind, subject_id, round, detail FROM discrepancy WHERE state = 0",
        "SELECT 'duty' AS t, kind, basis_id, subject_id, area, state FROM duty WHERE state = 0",
        "SELECT 'person' AS t, id, residence FROM person",
    ];

    static string Text(object? value) => value switch
    {
        byte[] bytes => new Guid(bytes, bigEndian: true).ToString("N"),
        Guid id => id.ToString("N"),
        null => "",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    /// <summary>What the verifiers say; and that they looked at something.</summary>
    public List<string> Differences() => Store.Read(session =>
    {
        var tally = new Tally();
        var found = new IVerifier[] { new VerifyIntake(), new VerifySampling() }.SelectMany(v => v.Verify(session, tally)).ToList();
        return tally.Counts.Any(c => c.Key == "facts" && c.Value > 0) ? found : [.. found, "nothing was verified"];
    });

    public List<Discrepancy> Discrepancies() => Store.Read(s => Qipan.Sampling.Discrepancies.OpenPage(s, County, null, null, 200));

    public Tube Tube(Guid id) => Store.Read(s => Tubes.ByIds(s, County, [id])).Single();

    public ValueTask DisposeAsync() => test.DisposeAsync();
}
