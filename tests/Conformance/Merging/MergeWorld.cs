using Qipan.Cases;
using Qipan.Conformance.Laboratory;
using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.LineLists;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Merging;

/// <summary>A county in which persons are sampled, found positive, followed as contacts, joined and taken apart. Persons are synthetic.</summary>
sealed class MergeWorld : IAsyncDisposable
{
    public static readonly Keyring Keys = Keyring.Of(new string('9', 64));

    /// <summary>Every module that keeps persons, in the order of the journey.</summary>
    public static IReadOnlyList<IHoldsPersons> Holders { get; } =
        [new RegistersHolding(), new DutiesHolding(new DutiesSettings()), new SamplingHolding(Keys), new LaboratoryHolding(), new CasesHolding(), new TracingHolding(), new LineListsHolding()];

    static readonly TracingSettings Settings = new();

    readonly Qipan.Conformance.Sampling.Wire wire;
    int serial;

    MergeWorld(LabWorld lab, Qipan.Conformance.Sampling.Wire wire)
    {
        (Lab, this.wire) = (lab, wire);
        Merges = new PersonMerges(Keys, Holders);
        Decide = new DecideDuplicateHandler(Store, Merges);
        Book = LoadProtocols.From((string?)null).Value;
        Cases = new CaseWork(Book, LocalDays.China, new CasesSettings());
        Contacts = new ContactWork(Book, LocalDays.China, Settings);
        Writer = new ProposalWriter(Book, LocalDays.China, Contacts, Settings);
        Officer = new Caller(new Actor(ActorKind.Staff, Uuid7.New(lab.Clock)), lab.Lab.Unit, LabWorld.County,
            [new Grant(Role.Investigator, LabWorld.County), new Grant(Role.RoundOfficer, "22")]);
    }

    public LabWorld Lab { get; }

    public Store Store => Lab.Store;

    public PersonMerges Merges { get; }

    public DecideDuplicateHandler Decide { get; }

    public ProtocolBook Book { get; }

    public CaseWork Cases { get; }

    public ContactWork Contacts { get; }

    public ProposalWriter Writer { get; }

    public Caller Officer { get; }

    public static async Task<MergeWorld> Open(StoreKind kind)
    {
        var lab = await LabWorld.Open(kind, 1000, CasesModule.Schema, TracingModule.Schema, LineListsModule.Schema);
        return new MergeWorld(lab, await Qipan.Conformance.Sampling.Wire.Of(lab.Store, lab.Clock, Keys, LabWorld.Community, new FollowTubes()));
    }

    /// <summary>A person with a passport of the number, on the roster of the round unless told otherwise.</summary>
    public async Task<Guid> Person(int number, bool roster = true, PresentKind kind = PresentKind.Residence, string? place = null, Guid? household = null, string? owner = null)
    {
        var id = Uuid7.New(Lab.Clock);
        var county = owner ?? LabWorld.County;
        await Lab.Write(s =>
        {
            var row = new PersonRow
            {
                Owner = county,
                Id = id,
                Name = $"Person {number}",
                NameKey = $"person{number}",
                Birth = "1980-01-01",
                Residence = county + "001001",
                Household = household,
                Confidence = IdentityConfidence.Claimed,
                PresentKind = kind,
                PresentOwner = county,
                PresentPlace = place ?? county + "001001",
                PresentSince = Lab.Clock.GetUtcNow(),
                CreatedAt = Lab.Clock.GetUtcNow(),
                Source = "test",
            };
            s.Insert(PersonRow.Rows, [row]);
            NameTerms.Keep(s, [(county, row.Name, row.NameKey)]);
            s.Insert(StayRow.Rows, [StayRow.First(row)]);
            s.Insert(DocumentRow.Rows, [new DocumentRow
            {
                Owner = county,
                DocKey = DocumentKeys.Of(Keys, DocType.Passport, Number(number)),
                Person = id,
                DocType = DocType.Passport,
                Sealed = Keys.Seal(county, Personal.Of(Number(number))),
                Masked = "****",
            }]);
            return roster ? Ledger.Open(s, [new NewDuty
            {
                Owner = county,
                Kind = DutyKind.TestInRound,
                Subject = id,
                Basis = new Ref("round", Lab.Round),
                Area = row.Residence,
                AgeBand = AgeBand.From18To59,
                OwnerUnit = Lab.Lab.Unit,
                DueAt = Lab.Clock.GetUtcNow().AddDays(1),
            }]) : 0;
        });
        return id;
    }

    public static WirePerson ByPassport(int number) => new() { DocType = 3, DocNo = Number(number), Name = $"Person {number}" };

    public static WirePerson ById(Guid id) => new() { Id = id };

    static string Number(int number) => $"E{number:00000000}";

    /// <summary>A tube of the round that a device filled with these, received by the laboratory.</summary>
    public async Task<(Guid Id, string Code)> Tube(params WirePerson[] persons)
    {
        var code = $"M{++serial:0000}";
        var opened = wire.At(new TubeOpened { Code = code, TubeKind = 10, Round = Lab.Round });
        List<WireFact> facts = [opened];
        for (var i = 0; i < persons.Length; i++)
            facts.Add(wire.At(new SampleRegistered { Tube = opened.Id, Person = persons[i], Position = i + 1, Specimen = "oropharyngeal", IdMethod = "manual" }, TimeSpan.FromSeconds(i + 1)));
        facts.Add(wire.At(new TubeSealed { Tube = opened.Id, Seal = "S" }, TimeSpan.FromMinutes(1)));
        var receipt = await wire.Send([.. facts]);
        Assert.All(receipt.Items, i => Assert.Equal("accepted", i.Verdict));
        await Lab.Write(s => s.Execute("UPDATE tube SET state = @state, lab = @lab, received_at = @now, holder = 'unit:test', updated_at = @now WHERE owner = @County AND id = @id",
            new { state = (short)TubeState.Received, lab = Lab.Lab.Unit.Value, now = Lab.Clock.GetUtcNow(), LabWorld.County, id = opened.Id }));
        return (opened.Id, code);
    }

    public async Task<CaseRow> Case(Guid person, string disease = "COVID-19") => (await Lab.Write(s => Cases.Open(s, new NewCase
    {
        Owner = LabWorld.County,
        Person = person,
        Disease = disease,
        Class = CaseClass.Confirmed,
        BasisKind = "report",
        BasisId = Uuid7.New(Lab.Clock).ToString("N"),
        Onset = DateOnly.FromDateTime(Lab.Clock.GetUtcNow().Date),
    }))).Value.Case;

    /// <summary>Somebody names a contact of the case, and it is accepted.</summary>
    public async Task<Guid> Contact(CaseRow index, Guid person, bool accept = true)
    {
        var now = Lab.Clock.GetUtcNow();
        var added = await new AddContactHandler(Store, Book, LocalDays.China, Writer).Handle(Officer, new AddContact(index.Id, person, "near_1m", now.AddHours(-3), now.AddHours(-2)));
        Assert.True(added.Ok, added.Refusal?.Code);
        if (accept && added.Value.State == ContactState.Proposed)
        {
            var decided = await new DecideContactsHandler(Store, Book, LocalDays.China, Contacts, new HandoverWork(Settings)).Handle(Officer, new DecideContacts([added.Value.Id], true));
            Assert.All(decided.Value.Items, i => Assert.True(i.Done, i.Code));
        }
        return added.Value.Id;
    }

    /// <summary>The row of an outside list that the case was read from.</summary>
    public Task Listed(CaseRow row) => Lab.Write(s => s.Execute("""
        INSERT INTO list_row (owner, list, kind, row_id, id, subject, person, said, person_key, job, row_no, at)
        VALUES (@Owner, 'outside', 1, @No, @Id, @Id, @Person, '{}', @Id, @Id, 1, @at)
        """, new { row.Owner, row.No, row.Id, row.Person, at = Lab.Clock.GetUtcNow() }));

    public Task Roster(Guid roster, params Guid[] persons) => Lab.Write(s =>
    {
        s.Execute("""
            INSERT INTO roster (owner, id, kind, name, name_key, vehicle, from_at, to_at) VALUES (@County, @roster, 1, 'Class 1', 'class1', 0, @now, @now) ON CONFLICT DO NOTHING
            """, new { LabWorld.County, roster, now = Lab.Clock.GetUtcNow() });
        foreach (var person in persons)
            s.Execute("INSERT INTO roster_member (owner, roster, person, seat, crew) VALUES (@County, @roster, @person, 'A', 0)", new { LabWorld.County, roster, person });
        return 0;
    });

    public async Task<IReadOnlyList<string>> Join(Guid survivor, Guid loser)
    {
        Lab.Clock.Advance(TimeSpan.FromMinutes(1));
        var done = await Decide.Handle(new DecideDuplicate(survivor, loser, true, "seen with the document"), Officer);
        Assert.True(done.Ok, done.Refusal?.Code);
        return [.. done.Value.Issues.Select(i => i.Kind)];
    }

    public async Task<IReadOnlyList<string>> Part(Guid survivor, Guid loser)
    {
        Lab.Clock.Advance(TimeSpan.FromMinutes(1));
        var done = await Decide.Handle(new DecideDuplicate(survivor, loser, false, "two people after all"), Officer);
        Assert.True(done.Ok, done.Refusal?.Code);
        return [.. done.Value.Issues.Select(i => i.Kind)];
    }

    public List<string> Differences() => Store.Read(s =>
    {
        IVerifier[] all =
        [
            new VerifyRegisters(), new VerifyLedger([new SamplingEvidence(), new LaboratoryEvidence(), new CasesEvidence(), new TracingEvidence(), new MergeEvidence()]),
            new VerifyIntake(Keys), new VerifySampling(), new VerifyLaboratory(), new VerifyCases(), new VerifyTracing(Contacts, Book),
        ];
        return all.SelectMany(v => v.Verify(s, new Tally()).Select(d => $"{v.Name}: {d}")).ToList();
    });

    /// <summary>Every row of every table, but for what only tells what happened, the duties to look at merges, and columns that count changes.</summary>
    public List<string> Dump() => Store.Read(s => Schemas.Tables(s).Where(t => !OnlyTells.Contains(t)).SelectMany(table =>
    {
        var shape = RowShape.Of(s, table);
        return shape.Read(s, table is "duty" or "duty_count" ? "kind <> 22" : table == "duty_fallen" ? "fact_kind <> 'merge'" : "1 = 1", _ => { }).Where(row => table != "duty_count" || row[^5..].Any(v => v != "0")).Select(row =>
            table + " " + string.Join(" | ", shape.Names.Select((n, i) => n == "version" ? "" : $"{n}={(shape.Types[i] == ColumnType.Bytes ? "…" : row[i])}")));
    }).Order(StringComparer.Ordinal).ToList());

    static readonly HashSet<string> OnlyTells =
    [
        "trail", "outbox", "outbox_delivery", "access_log", "schema_version", "person_version", "person_merge", "person_merge_row", "person_merge_issue",
        "case_change", "duplicate_pair", "name_term",
    ];

    public ValueTask DisposeAsync() => Lab.DisposeAsync();
}

/// <summary>What a store has for tables and columns.</summary>
static class Schemas
{
    public static List<string> Tables(Session session) => session.Query<string>(session.Kind == StoreKind.Sqlite
        ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name");
}
