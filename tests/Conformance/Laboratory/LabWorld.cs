using Xunit;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;

namespace Qipan.Conformance.Laboratory;

/// <summary>
/// A county with a round, a laboratory and people in received tubes. Persons are synthetic and have no names. Everything is done
/// through the laboratory's own use cases; only what Sampling leaves is laid down directly.
/// </summary>
sealed class LabWorld : IAsyncDisposable
{
    public const string County = "220204";
    public const string Neighbour = "220202";
    public const string Community = "220204001001";

    readonly TestStore test;
    int serial;

    LabWorld(TestStore test, FakeClock clock)
    {
        this.test = test;
        Clock = clock;
        var book = LoadProtocols.From((string?)null).Value;
        var settings = new LaboratorySettings();
        var raiser = new RaiseAlerts(book, LocalDays.China, settings);
        Work = new AlertWork(Store, book, LocalDays.China);
        Resamples = new Resamples(Store, Work);
        Change = new ResultChange(Store, raiser, Resamples);
        Load = new LoadRunHandler(Store, book, settings, LocalDays.China);
        Release = new ReleaseRunsHandler(Store, settings, raiser, Resamples);
        Raise = new RaiseAlertHandler(Store, raiser);
    }

    public FakeClock Clock { get; }

    public Store Store => test.Store;

    public AlertWork Work { get; }

    public Resamples Resamples { get; }

    public ResultChange Change { get; }

    public LoadRunHandler Load { get; }

    public ReleaseRunsHandler Release { get; }

    public RaiseAlertHandler Raise { get; }

    public Guid Round { get; private set; }

    public LaboratoryRow Lab { get; private set; } = null!;

    public Caller Technician { get; private set; } = null!;

    public Caller First { get; private set; } = null!;

    public Caller Second { get; private set; } = null!;

    public Caller Team { get; private set; } = null!;

    public static async Task<LabWorld> Open(StoreKind kind, int perDay = 1000, params ModuleSchema[] more)
    {
        var clock = new FakeClock();
        var world = new LabWorld(
            await TestStores.Open(kind, clock,
                [RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema, .. more]),
            clock);
        await world.Found(perDay);
        return world;
    }

    async Task Found(int perDay)
    {
        var unit = new UnitId(Uuid7.New(Clock));
        Caller Staff(Role role) => new(new Actor(ActorKind.Staff, Uuid7.New(Clock)), unit, County, [new Grant(role, County)]);
        var chief = new Caller(new Actor(ActorKind.Staff, Uuid7.New(Clock)), unit, County, [new Grant(Role.Administrator, County)]);
        (Technician, First, Second) = (Staff(Role.Technician), Staff(Role.Reviewer), Staff(Role.Reviewer));
        Team = new Caller(new Actor(ActorKind.Staff, Uuid7.New(Clock)), unit, County, [new Grant(Role.Investigator, "2202")]);
        var lab = await new RegisterLaboratoryHandler(Store).Handle(chief, new RegisterLaboratory(
            County, unit, "Laboratory one", "91350100M000100Y43", "licence 1",
            new Dictionary<int, int> { [1] = perDay, [5] = perDay, [10] = perDay, [20] = perDay, [99] = perDay }, "Operator one"));
        Lab = Store.Read(s => s.One<LaboratoryRow>("SELECT * FROM laboratory WHERE id = @id", new { id = lab.Value })!);
        Round = Uuid7.New(Clock);
        await Write(s => s.Execute("""
            INSERT INTO round (owner, id, no, name, disease, protocol, scope, scope_version, window_start, window_end, due_at, strategy, pool_policy,
              pooled_due_hours, single_due_hours, resample_due_hours, state, created_at, published_at)
            VALUES (@County, @Round, 1, 'Round 1', 'COVID-19', 'CN-COVID-8@1', '["220204"]', 1, @at, @end, @end, 1, '{}', 24, 6, 24, 3, @at, @at)
            """, new { County, Round, at = Clock.GetUtcNow(), end = Clock.GetUtcNow().AddDays(1) }));
    }

    public async Task<T> Write<T>(Func<WriteSession, T> work) =>
        (await Store.Write(new WriteScope(Actor.System, County, Neighbour, "220283"), s => Outcome.Of(work(s)))).Value;

    /// <summary>Persons of the round, each with the duty to be tested.</summary>
    public async Task<Guid[]> Persons(int many, PresentKind kind = PresentKind.Residence, string? place = null, Guid? household = null)
    {
        var persons = Enumerable.Range(0, many).Select(_ => Uuid7.New(Clock)).ToArray();
        await Write(s =>
        {
            s.Insert(PersonRow.Rows, [.. persons.Select(id => new PersonRow
            {
                Owner = County,
                Id = id,
                Name = "",
                NameKey = "",
                Birth = "1980-01-01",
                Residence = Community,
                Household = household,
                Confidence = IdentityConfidence.Verified,
                PresentKind = kind,
                PresentOwner = place?[..6] ?? County,
                PresentPlace = place ?? Community,
                PresentSince = Clock.GetUtcNow(),
                CreatedAt = Clock.GetUtcNow(),
                Source = "test",
                Version = 1,
            })]);
            return Ledger.Open(s, [.. persons.Select(id => new NewDuty
            {
                Owner = County,
                Kind = DutyKind.TestInRound,
                Subject = id,
                Basis = new Ref("round", Round),
                Area = Community,
                AgeBand = AgeBand.From18To59,
                OwnerUnit = Lab.Unit,
                DueAt = Clock.GetUtcNow().AddDays(1),
            })]);
        });
        return persons;
    }

    /// <summary>A tube with these persons, received by the laboratory (unless another state is asked for).</summary>
    public async Task<(Guid Id, string Code)> Tube(
        IReadOnlyList<Guid> persons, TubeKind kind = TubeKind.Ten, TubeState state = TubeState.Received, Guid? round = null, string? code = null, bool conflict = false,
        bool ofNoRound = false)
    {
        Guid? of = ofNoRound ? null : round ?? Round;
        var id = Uuid7.New(Clock);
        code ??= $"T{++serial:0000}";
        DateTimeOffset? received = state is TubeState.Received or TubeState.Rejected ? Clock.GetUtcNow() : null;
        await Write(s =>
        {
            s.Execute("""
                INSERT INTO tube (owner, id, code, round, kind, capacity, state, opened_at, sealed_at, count, conflict, priority, lab, received_at, reject_reason,
                  holder, updated_at)
                VALUES (@County, @id, @code, @round, @kind, 10, @state, @now, @now, @count, @conflict, 0, @lab, @received, @reject, 'unit:test', @now)
                """, new
            {
                County,
                id,
                code,
                round = of,
                kind = (short)kind,
                state = (short)state,
                now = Clock.GetUtcNow(),
                count = (long)persons.Count,
                conflict = (short)(conflict ? 1 : 0),
                lab = received is null ? (Guid?)null : Lab.Unit.Value,
                received,
                reject = (short)(state == TubeState.Rejected ? 1 : 0),
            });
            for (var i = 0; i < persons.Count; i++)
                s.Execute("""
                    INSERT INTO registration (owner, id, round, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method,
                      scope_version, supplement, duplicate, state, result_state, area)
                    VALUES (@County, @reg, @round, @person, @County, @id, @i, @now, @now, 2, @id, 1, 1, 0, 0, 2, 0, @Community)
                    """, new { County, reg = Uuid7.New(Clock), round = of, person = persons[i], id, i = (short)(i + 1), now = Clock.GetUtcNow(), Community });
            return Ledger.Open(s, [new NewDuty
            {
                Owner = County,
                Kind = DutyKind.ResultTube,
                Subject = id,
                Basis = new Ref("tube", id),
                Area = County,
                OwnerUnit = Lab.Unit,
                DueAt = Clock.GetUtcNow().AddHours(24),
            }]);
        });
        return (id, code);
    }

    /// <summary>One more person in a tube, as a device that was offline reports it.</summary>
    public Task<int> Register(Guid tube, Guid person) => Write(s =>
    {
        var rows = s.Execute("""
            INSERT INTO registration (owner, id, round, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method,
              scope_version, supplement, duplicate, state, result_state, area)
            VALUES (@County, @reg, @Round, @person, @County, @tube, 9, @now, @now, 2, @tube, 1, 1, 0, 0, 2, 0, @Community)
            """, new { County, reg = Uuid7.New(Clock), Round, person, tube, now = Clock.GetUtcNow(), Community });
        new FollowTubes().Changed(s, County, [tube]);
        return rows;
    });

    /// <summary>Loads a plate: code → Ct of both genes (null: negative), with working controls unless told otherwise.</summary>
    public Task<Outcome<LoadReceipt>> LoadPlate(IReadOnlyDictionary<string, double?> tubes, bool controls = true, DateTimeOffset? start = null, string? plate = null) =>
        LoadPlate([.. tubes.Select(t => (t.Key, t.Value, t.Value))], controls, start, plate);

    public Task<Outcome<LoadReceipt>> LoadPlate(
        IReadOnlyList<(string Code, double? Orf, double? N)> tubes, bool controls = true, DateTimeOffset? start = null, string? plate = null)
    {
        var wells = tubes.SelectMany((t, i) => Well(i, t.Code, "UNKNOWN", t.Orf, t.N, 24)).ToList();
        wells.AddRange(Well(94, "NTC", "NTC", controls ? null : 30, null, null));
        wells.AddRange(Well(95, "PC", "UNKNOWN", 25, 25, null));
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new RunJson(plate ?? $"plate {++serial}", "Simulated", null, start, start?.AddHours(1), wells), System.Text.Json.JsonSerializerOptions.Web);
        return Load.Handle(Technician, new LoadRun(Lab.Id, "run.json", json, Json: true));
    }

    static IEnumerable<RunJsonWell> Well(int at, string sample, string task, double? orf, double? n, double? control) =>
    [
        new($"{(char)('A' + at / 12)}{at % 12 + 1}", sample, "ORF1ab", task, orf),
        new($"{(char)('A' + at / 12)}{at % 12 + 1}", sample, "N", task, n),
        new($"{(char)('A' + at / 12)}{at % 12 + 1}", sample, "RNase P", task, control ?? (sample == "NTC" ? null : 24)),
    ];

    /// <summary>Two reviews, and the second reviewer releases.</summary>
    public async Task<Outcome<ReleaseReceipt>> ReviewAndRelease(Guid run)
    {
        Assert.True((await new ReviewRunHandler(Store).Handle(First, new ReviewRun(run))).Ok);
        Assert.True((await new ReviewRunHandler(Store).Handle(Second, new ReviewRun(run))).Ok);
        return await Release.Handle(Second, new ReleaseRuns([run]));
    }

    /// <summary>Loads, reviews and releases; the run and the alerts that it raised.</summary>
    public async Task<(Guid Run, IReadOnlyList<Guid> Alerts)> Result(params (string Code, double? Ct)[] tubes)
    {
        var loaded = (await LoadPlate([.. tubes.Select(t => (t.Code, t.Ct, t.Ct))])).Value.Runs[0];
        Assert.Equal(tubes.Length, loaded.Tubes);
        var released = (await ReviewAndRelease(loaded.Run!.Value)).Value.Items[0];
        return (released.Run, released.Alerts);
    }

    public int OpenDuties(DutyKind kind, IEnumerable<Guid> subjects) => Store.Read(s => s.Scalar<int>(
        $"SELECT count(*) FROM duty WHERE kind = @kind AND state = 0 AND subject_id {s.InIds("ids")}", new { kind = (short)kind, ids = s.Keys(subjects) }));

    public int Uncovered(IEnumerable<Guid> persons) => OpenDuties(DutyKind.TestInRound, persons);

    public AlertCase Alert(Guid id) => Store.Read(s => AlertCase.Load(s, id))!;

    /// <summary>What is kept agrees with what the facts say.</summary>
    public void AssertVerified() => Assert.Empty(Store.Read(s => new VerifyLaboratory().Verify(s, new Tally())
        .Concat(new VerifyLedger([new LaboratoryEvidence(), new OtherEvidence()]).Verify(s, new Tally())).ToList()));

    public ValueTask DisposeAsync() => test.DisposeAsync();

    /// <summary>The registrations are Sampling's to vouch for.</summary>
    sealed class OtherEvidence : IEvidenceCheck
    {
        public IReadOnlyList<string> Kinds { get; } = ["registration"];

        public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids) => [];
    }
}
