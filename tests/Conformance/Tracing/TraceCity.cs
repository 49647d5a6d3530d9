using Qipan.Cases;
using Qipan.Conformance.Sampling;
using Qipan.Duties;
using Qipan.Engine;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.PresenceOnPostgres;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Tracing;

/// <summary>A county with people, venues, visits and cases: what the tests of tracing stand on. Its clock starts on 2022-03-21 at 09:00 local time.</summary>
sealed class TraceCity : IAsyncDisposable
{
    public const string County = "220204";

    public const string Community = "220204001001";

    public static readonly ProtocolBook Book = ProtocolBook.Load().Value;

    readonly TestStore test;
    readonly VisitStore? folder;
    readonly string? presenceFolder;

    TraceCity(TestStore test, FakeClock clock, PresenceDoor door, VisitStore? folder, string? presenceFolder)
    {
        this.test = test;
        this.folder = folder;
        this.presenceFolder = presenceFolder;
        Clock = clock;
        Door = door;
        Work = new ContactWork(Book, LocalDays.China, Settings);
        Writer = new ProposalWriter(Book, LocalDays.China, Work, Settings);
        Propose = new ProposeContactsHandler(Store, door, Book, LocalDays.China, Writer, new VenueKinds(clock));
        Decide = new DecideContactsHandler(Store, Book, LocalDays.China, Work, new HandoverWork(Settings));
        Move = new MoveContactsHandler(Store);
        Release = new ReleaseContactsHandler(Store, Work);
        Visits = new RecordVisitsHandler(Store);
        Consequences = new CaseConsequences(Store, Book, LocalDays.China, Work);
    }

    public static TracingSettings Settings { get; } = new();

    public static Caller Investigator { get; } = new(new Actor(ActorKind.Staff, new Guid("01900000-0000-7000-8000-00000000b055")), new UnitId(Guid.Empty), County,
        [new Grant(Role.Investigator, County), new Grant(Role.GridWorker, County), new Grant(Role.Administrator, County)]);

    public FakeClock Clock { get; }

    public PresenceDoor Door { get; }

    public Store Store => test.Store;

    public ContactWork Work { get; }

    public ProposalWriter Writer { get; }

    public ProposeContactsHandler Propose { get; }

    public DecideContactsHandler Decide { get; }

    public MoveContactsHandler Move { get; }

    public ReleaseContactsHandler Release { get; }

    public RecordVisitsHandler Visits { get; }

    public CaseConsequences Consequences { get; }

    public static async Task<TraceCity> Open(StoreKind kind)
    {
        var clock = new FakeClock(At("2022-03-21T09:00"));
        ModuleSchema[] schemas = [.. Field.Schemas, LaboratoryModule.Schema, CasesModule.Schema, TracingModule.Schema];
        if (kind == StoreKind.Postgres)
        {
            var shared = await TestStores.Open(kind, clock, [.. schemas, PostgresPresence.Schema]);
            return new TraceCity(shared, clock, new PresenceDoor(new PostgresPresence(shared.Store, WriteScope.Deployment, Actor.System)), null, null);
        }
        var opened = await TestStores.Open(kind, clock, schemas);
        var place = Directory.CreateTempSubdirectory("qipan-presence-").FullName;
        var visits = VisitStore.OpenForWriting(place).Value;
        return new TraceCity(opened, clock, new PresenceDoor(new EnginePresence(visits)), visits, place);
    }

    /// <summary>An instant from local time.</summary>
    public static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    public static Guid Id(int number) => new($"01900000-0000-7000-8000-{number:x12}");

    public Task People(int many, Guid? household = null) => People(1, many, household);

    public Task People(int from, int many, Guid? household = null) => Write(session =>
    {
        var rows = Enumerable.Range(from, many).Select(n => new PersonRow
        {
            Owner = County,
            Id = Id(n),
            Name = "",
            NameKey = "",
            Residence = Community + ".c01.b1",
            Household = household,
            PresentOwner = County,
            PresentPlace = Community + ".c01.b1",
            PresentSince = At("2022-01-01T00:00"),
            CreatedAt = At("2022-01-01T00:00"),
            Source = "desk",
        }).ToList();
        session.Insert(PersonRow.Rows, rows);
        session.Insert(StayRow.Rows, rows.ConvertAll(StayRow.First));
    });

    public async Task<Guid> Venue(string name, string category)
    {
        var venue = await new RegisterVenueHandler(Store).Handle(Investigator, new RegisterVenue(name, Community, category));
        return venue.Value.Id;
    }

    public async Task Visit(int person, Guid venue, string enter, string leave, ushort area = 0, LeaveKind kind = LeaveKind.Explicit)
    {
        var visitor = (await Door.Open!.Number(IdKind.Visitor, [Id(person).ToString("N")]))[0];
        var place = (await Door.Open.Number(IdKind.Place, [venue.ToString("N")]))[0];
        var receipt = await Door.Open.Append([new Visit(visitor, place, At(enter).ToUnixTimeSeconds(), At(leave).ToUnixTimeSeconds(), area, kind)]);
        Assert.Empty(receipt.Value.Refused);
    }

    /// <summary>Many people in one place from an instant on, each a little longer than the one before, up to an hour.</summary>
    public async Task Crowd(int from, int many, Guid venue, string enter)
    {
        var visitors = await Door.Open!.Number(IdKind.Visitor, [.. Enumerable.Range(from, many).Select(n => Id(n).ToString("N"))]);
        var place = (await Door.Open.Number(IdKind.Place, [venue.ToString("N")]))[0];
        var start = At(enter).ToUnixTimeSeconds();
        var receipt = await Door.Open.Append([.. visitors.Select((v, i) => new Visit(v, place, start, start + 60 + (i * 3540 / many)))]);
        Assert.Empty(receipt.Value.Refused);
    }

    /// <summary>A list of people who were together, as it is imported.</summary>
    public async Task Roster(string name, string kind, string from, string to, params int[] persons)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, ["kind,name,person,from,to", .. persons.Select(p => $"{kind},{name},{Id(p):N},{from}+08:00,{to}+08:00")]);
            var report = (await new ImportRosterHandler(Store, Field.Keys, LocalDays.China).Handle(new ImportFile(file), Actor.System)).Value;
            Assert.Equal(persons.Length, report.Accepted);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public Task Case(int number, int person, string? onset, string found, string? isolated = null, int kind = 3, string disease = "COVID-19", string? positive = null) =>
        Write(session =>
        {
            var sql = StagedRow.Insert(session, "case_record",
                "owner, id, no, person, person_owner, disease, protocol, class, clinical, onset, first_positive_at, found_at, isolated_at, discovery, report_region, "
                + "onset_region, current_region, custody, opened_by_kind, opened_by_id, opened_at, version",
                "@County, @id, @no, @who, @County, @disease, 'CN-COVID-8@1', @kind, 1, @onset, @first, @at, @end, 7, @County, @County, @County, @County, 'report', @no, @at, 1");
            var (id, no, who, at) = (CaseId(number), $"220204-2022-{number:00000}", Id(person), At(found));
            var (first, end) = (positive is null ? (DateTimeOffset?)null : At(positive), isolated is null ? (DateTimeOffset?)null : At(isolated));
            session.Execute(sql, new { County, id, no, who, disease, kind = (short)kind, onset, first, at, end });
        });

    public static Guid CaseId(int number) => Id(0x100000 + number);

    public Task SetCase(int number, string column, object? value) =>
        Write(session => session.Execute($"UPDATE case_record SET {column} = @value WHERE id = @id", new { id = CaseId(number), value }));

    /// <summary>A sample of a person in a tube of their own.</summary>
    public Task<Guid> Sample(int person, string at, SampleAnswer answer = SampleAnswer.Negative, int tubeKind = 1) => WriteOf(session =>
    {
        var (tube, registration) = (session.NewId(), session.NewId());
        session.Execute("""
            INSERT INTO tube (owner, id, code, kind, capacity, state, count, conflict, priority, reject_reason, holder, updated_at)
            VALUES (@County, @tube, @code, @tubeKind, 10, 9, 1, 0, 0, 0, 'x', @at)
            """, new { County, tube, code = tube.ToString("N")[20..], tubeKind = (short)tubeKind, at = At(at) });
        session.Execute("""
            INSERT INTO registration (owner, id, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method, scope_version,
              supplement, duplicate, state, result_state, area)
            VALUES (@County, @registration, @person, @County, @tube, 1, @at, @at, 1, @registration, 1, 1, 0, 0, 2, @answer, @Community)
            """, new { County, Community, tube, registration, person = Id(person), at = At(at), answer = (short)answer });
        return registration;
    });

    public ContactRow Contact(int caseNumber, int person, int ring = 1) =>
        Store.Read(s => ContactRows.One(s, TracingIds.Contact(CaseId(caseNumber), Id(person), ring))) ?? throw new InvalidOperationException("There is no such contact.");

    public List<ContactRow> Contacts(int caseNumber) => Store.Read(s => ContactRows.OfCase(s, CaseId(caseNumber)));

    public List<TaskRow> Tasks(ContactRow contact) => Store.Read(s => TaskRow.OfContacts(s, [contact.Id]));

    public async Task<ProposalReport> Ask(int caseNumber) => (await Propose.Handle(new ProposeContacts(CaseId(caseNumber)), Actor.System)).Value;

    public async Task Accept(params ContactRow[] contacts)
    {
        var report = await Decide.Handle(Investigator, new DecideContacts([.. contacts.Select(c => c.Id)], true));
        Assert.All(report.Value.Items, i => Assert.True(i.Done, i.Code));
    }

    public async Task Quarantine(params ContactRow[] contacts)
    {
        var report = await Move.Handle(Investigator, new MoveContacts([.. contacts.Select(c => c.Id)], ContactState.UnderQuarantine));
        Assert.All(report.Value.Items, i => Assert.True(i.Done, i.Code));
    }

    /// <summary>The lines of a person's checklist that do not hold.</summary>
    public List<string> Missing(int person) => Store.Read(s => ReleaseFacts.Of(s, Work.Days, [Id(person)], Clock.GetUtcNow()))
        .TryGetValue(Id(person), out var facts) ? [.. facts.Lines.Where(l => !l.Holds).Select(l => l.Code)] : ["nothing_active"];

    public async Task SeenOn(ContactRow contact, int day)
    {
        var visit = Tasks(contact).Where(t => t.Kind == TaskKind.Visit && t.Day == day).MinBy(t => t.Slot)!;
        var report = await Visits.Handle(Investigator, new RecordVisits([new VisitFound(visit.Id, VisitFinding.SeenWell)]));
        Assert.True(report.Value.Items[0].Done, report.Value.Items[0].Code);
    }

    public async Task Write(Action<WriteSession> work) => await WriteOf(session =>
    {
        work(session);
        return Done.Value;
    });

    public async Task<T> WriteOf<T>(Func<WriteSession, T> work) =>
        (await Store.Write(new WriteScope(Actor.System, County), session => Outcome.Of(work(session)))).Value;

    /// <summary>Nothing that is kept contradicts its facts; called at the end of every test.</summary>
    public void Verify()
    {
        Assert.Empty(Store.Read(s => new VerifyTracing(Work, Book).Verify(s, new Tally()).ToList()));
        Assert.Empty(Store.Read(s => new VerifyLedger([new TracingEvidence()]).Verify(s, new Tally()).ToList()));
    }

    public async ValueTask DisposeAsync()
    {
        folder?.Dispose();
        await test.DisposeAsync();
        if (presenceFolder is not null)
            Directory.Delete(presenceFolder, recursive: true);
    }
}
