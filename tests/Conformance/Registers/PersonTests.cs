using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Registers;

[Trait("area", "registers")]
public sealed class PersonTests
{
    const string County = "990102";
    const string Home = "990102001001.c01.b1.u1.101";

    static readonly Keyring Keys = Keyring.Of(new string('b', 64));
    static readonly PersonMerges Merges = new(Keys, [new RegistersHolding()]);
    static readonly RegistersSettings Settings = new();

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_22_a_document_registers_one_person_once_and_a_mistyped_one_binds_nobody(StoreKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var number = Id(1980, 1, 3);
        var zhang = await desk.Register(new() { Name = "张三", DocNo = number, Residence = Home, Phones = "19000000001" });
        Assert.True(zhang.Ok);
        Assert.Equal("already_had", (await desk.Register(new() { Name = "张三", DocNo = number, Residence = Home })).Refusal?.Code);
        Assert.Equal("document_taken", (await desk.Register(new() { Name = "李四", DocNo = number, Residence = Home })).Refusal?.Code);
        Assert.Equal("birth_differs_from_document", (await desk.Register(new() { Name = "张三", Birth = "1981-01-03", DocNo = Id(1980, 1, 3, 9), Residence = Home })).Refusal?.Code);
        Assert.Equal("not_allowed", (await desk.Register(new() { Name = "王五", Birth = "1980", Residence = "990103001001" })).Refusal?.Code);
        Assert.Equal("residence_too_coarse", (await desk.Register(new() { Name = "王五", Birth = "1980", Residence = "990102001" })).Refusal?.Code);

        // The same phone and household may be anybody's (INV-20); namesakes are parked and stay two (INV-23).
        var namesake = (await desk.Register(new() { Name = "张 三", Birth = "1980-01-03", Residence = Home, Phones = "190 0000 0001" })).Value;
        Assert.Equal(1, namesake.Parked);
        Assert.Equal("guardian_needed", (await desk.Register(new() { Name = "张小", Birth = "2015", Residence = Home })).Refusal?.Code);
        var child = await desk.Register(new() { Name = "张小", Birth = "2015", Residence = Home, GuardianDocNo = number });
        Assert.Equal(zhang.Value.Id, desk.Row(child.Value.Id).Guardian);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_correction_is_a_new_version_and_a_stale_one_changes_nothing(StoreKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var id = (await desk.Register(new() { Name = "张三", DocNo = Id(1980, 1, 3), Residence = Home, Phones = "19000000001" })).Value.Id;
        desk.Clock.Advance(TimeSpan.FromHours(1));
        var correct = new CorrectPersonHandler(desk.Store, Keys, LocalDays.China);
        async Task<string?> Try(long version, PersonChanges changes) => (await correct.Handle(new CorrectPerson(id, version, "moved house", changes), desk.Officer)).Refusal?.Code;
        Assert.Null(await Try(1, new PersonChanges { Residence = "990102001001.c02.b1.u1.101", Phones = ["19000000002"], SpecialGroups = ["dialysis"] }));
        Assert.Equal("changed_meanwhile", await Try(1, new PersonChanges { Name = "张四" }));
        Assert.Equal("birth_differs_from_document", await Try(2, new PersonChanges { Birth = "1980-01-04" }));
        Assert.Equal("move_needs_hand_over", await Try(2, new PersonChanges { Residence = "990103001001" }));

        var now = desk.Row(id);
        Assert.Equal((2, "张三", "990102001001.c02.b1.u1.101", (long)SpecialGroups.Dialysis), (now.Version, now.Name, now.PresentPlace, now.SpecialGroups));
        desk.Store.Read(s =>
        {
            Assert.Equal(Home, Assert.Single(PersonVersions.Of(s, Keys, County, id)).Residence);
            Assert.Equal([Home, now.Residence], s.Query<StayRow>("SELECT * FROM person_stay WHERE owner = @County AND person = @id ORDER BY from_at", new { County, id }).Select(r => r.Place));
            Assert.Contains(TrailRow.Of(s, new Ref("person", id)), t => t.Action == "correct_person" && !t.Detail!.Contains("19000000002"));
            return 0;
        });
        Assert.Empty((await desk.Find(new FindPersons(Purpose.Testing, Phone: "19000000001"))).Items);
        Assert.Single((await desk.Find(new FindPersons(Purpose.Testing, Phone: "+86 190 0000 0002"))).Items);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_19_a_temporary_identity_keeps_its_id_when_its_document_is_found(StoreKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var temporary = new RegisterTemporaryHandler(desk.Store, Settings, LocalDays.China);
        var link = new LinkDocumentHandler(desk.Store, Keys, LocalDays.China, Merges);
        NewTemporaryPerson Unknown(string? birth = "1960") => new() { Descriptors = "male, grey coat, station", Residence = "990102001001", Birth = birth };
        Assert.Equal("guardian_needed", (await temporary.Handle(new(Unknown("2021")), desk.Officer)).Refusal?.Code);
        var one = (await temporary.Handle(new(Unknown()), desk.Officer)).Value.Id;
        var two = (await temporary.Handle(new(Unknown()), desk.Officer)).Value.Id;
        var number = Id(1960, 5, 5);

        Assert.Equal("name_missing", (await link.Handle(new(one, 1, DocType.IdCard, number), desk.Officer)).Refusal?.Code);
        Assert.Equal("birth_differs_from_document", (await link.Handle(new(one, 1, DocType.IdCard, Id(1961, 5, 5), true, "赵六"), desk.Officer)).Refusal?.Code);
        var linked = (await link.Handle(new(one, 1, DocType.IdCard, number, Verified: true, "赵六"), desk.Officer)).Value;
        Assert.Equal((one, false), (linked.Person, linked.Merged));
        Assert.Equal((IdentityConfidence.Verified, "1960-05-05", null, 2), (desk.Row(one).Confidence, desk.Row(one).Birth, desk.Row(one).Temporary, desk.Row(one).Version));
        Assert.Equal("male, grey coat, station", desk.Store.Read(s => PersonVersions.Of(s, Keys, County, one))[0].Temporary);

        // The second one turns out to be the same man; a number of somebody else is refused.
        Assert.Equal("document_taken", (await link.Handle(new(two, 1, DocType.IdCard, number, true, "钱七"), desk.Officer)).Refusal?.Code);
        Assert.Equal(new Linked(one, true), (await link.Handle(new(two, 1, DocType.IdCard, number, true, "赵六"), desk.Officer)).Value);
        Assert.Equal(one, desk.Store.Read(s => PersonDirectory.Current(s, [two]))[two].Id);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_what_was_joined_comes_apart_as_it_was(StoreKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var decide = new DecideDuplicateHandler(desk.Store, Merges);
        var a = (await desk.Register(new() { Name = "张三", Birth = "1980-01-03", Residence = Home })).Value.Id;
        var b = (await desk.Register(new() { Name = "张三", DocNo = Id(1980, 1, 3), Residence = "990102001001.c02" })).Value.Id;
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var (person, place) in new[] { (a, "990102001001.c08"), (b, "990102001001.c09") })
            await desk.Store.Write(new WriteScope(Actor.System, County), s => RecordWhereaboutsHandler.Handle(s,
                [new(person, PresentKind.CentralIsolation, place, s.Now, "test")]));

        var joined = (await decide.Handle(new(a, b, true, "same man"), desk.Officer)).Value;
        Assert.Equal((PairState.Same, true), (joined.State, joined.CustodyConflict));
        var found = desk.Store.Read(s => PersonDirectory.ByDocuments(s, [DocumentKeys.Of(Keys, DocType.IdCard, Id(1980, 1, 3))])).Single().Value;
        Assert.Equal((b, a), (found.Id, found.MergedInto));
        Assert.Equal("pair_circle", (await decide.Handle(new(b, a, true, "again"), desk.Officer)).Refusal?.Code);
        Assert.Equal(PairState.Different, (await decide.Handle(new(a, b, false, "two men"), desk.Officer)).Value.State);
        Assert.Equal((null, "990102001001.c09", 3), (desk.Row(b).MergedInto, desk.Row(b).PresentPlace, desk.Row(b).Version));
        Assert.Equal(PairState.Different, desk.Store.Read(s => s.One<PairRow>("SELECT * FROM duplicate_pair"))!.State);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Every_look_is_logged_with_its_purpose_and_shows_the_fewest_fields(StoreKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var number = Id(1980, 1, 3);
        var id = (await desk.Register(new() { Name = "欧阳修远", DocNo = number, Residence = Home, Phones = "19000000001", Workplace = "学校" })).Value.Id;
        var other = (await desk.Register(new() { Name = "欧阳芳", Birth = "1990", Residence = "990102002001" })).Value.Id;
        var see = new SeePersonHandler(desk.Store, Keys, desk.Views, LocalDays.China);
        Caller Of(Role role, string territory = "990102001") => new(new Actor(ActorKind.Staff, Uuid7.New(desk.Clock)), default, County, [new Grant(role, territory)]);

        Assert.Equal("purpose_missing", (await see.Handle(new SeePerson(id, null), Of(Role.Investigator))).Refusal?.Code);
        Assert.Equal("purpose_missing", (await see.Handle(new SeePerson(id, (Purpose)99), Of(Role.Investigator))).Refusal?.Code);
        Assert.Equal("not_allowed", (await see.Handle(new SeePerson(other, Purpose.Care), Of(Role.GridWorker))).Refusal?.Code);
        Assert.Equal("not_allowed", (await see.Handle(new SeePerson(id, Purpose.Care), Of(Role.Administrator))).Refusal?.Code);
        Assert.Empty(desk.Store.Read(s => AccessLog.Of(s, new Ref("person", other))));

        var sampler = (await see.Handle(new SeePerson(id, Purpose.Testing), Of(Role.Sampler))).Value;
        Assert.Equal(new PersonView { Id = id, Version = 1, Name = "欧阳修远", Documents = sampler.Documents }, sampler);
        Assert.Equal(DocumentKeys.Masked(number), Assert.Single(sampler.Documents!).Masked);
        var courier = (await see.Handle(new SeePerson(id, Purpose.Supply), Of(Role.Courier))).Value;
        Assert.Equal(new PersonView { Id = id, Version = 1, FirstName = "修远", Residence = Home, Address = "城东区 一街道 一社区 c01 b1 u1 101" }, courier);

        Assert.Equal("not_allowed", (await see.Handle(new RevealNumber(id, Purpose.Care, "document"), Of(Role.GridWorker))).Refusal?.Code);
        Assert.Equal(["19000000001"], (await see.Handle(new RevealNumber(id, Purpose.Care, "phone"), Of(Role.GridWorker))).Value.Numbers);
        Assert.Equal([number], (await see.Handle(new RevealNumber(id, Purpose.ContactTracing, "document"), Of(Role.Investigator))).Value.Numbers);
        Assert.Equal("reason_missing", (await see.Handle(new BreakGlass(other, "now"), Of(Role.GridWorker))).Refusal?.Code);
        Assert.Equal("欧阳芳", (await see.Handle(new BreakGlass(other, "labour pains, ambulance is waiting"), Of(Role.GridWorker))).Value.Name);

        desk.Store.Read(s =>
        {
            Assert.Equal(["reveal", "reveal", "view", "view"], AccessLog.Of(s, new Ref("person", id)).Select(l => l.Action).Order());
            Assert.Equal(("break_glass", Purpose.Care), AccessLog.Of(s, new Ref("person", other)).Select(l => (l.Action, l.Purpose)).Single());
            Assert.Contains(TrailRow.Of(s, new Ref("person", other)), t => t.Action == "break_glass");
            Assert.Empty(AccessLog.Verify(s));
            return 0;
        });
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Searches_page_by_key_and_stay_inside_the_territory(StoreKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 7; i++)
            ids.Add((await desk.Register(new() { Name = $"孙{"甲乙丙丁戊己庚"[i]}", DocNo = Id(1970 + i, 1, 1), Residence = i < 5 ? $"990102001001.c0{i}" : "990102002001" })).Value.Id);
        var grid = new Caller(new Actor(ActorKind.Staff, Uuid7.New(desk.Clock)), default, County, [new Grant(Role.GridWorker, "990102001")]);

        Assert.Equal("search_wrong", (await desk.Handler.Handle(new FindPersons(Purpose.Care), desk.Officer)).Refusal?.Code);
        Assert.Equal("search_wrong", (await desk.Handler.Handle(new FindPersons(Purpose.Care, Name: "孙", Phone: "1"), desk.Officer)).Refusal?.Code);
        Assert.Equal("not_allowed", (await desk.Handler.Handle(new FindPersons(Purpose.Care, Residence: "990102002001"), grid)).Refusal?.Code);
        Assert.Equal(5, (await desk.Handler.Handle(new FindPersons(Purpose.Care, Name: "孙"), grid)).Value.Items.Count);
        Assert.Single((await desk.Handler.Handle(new FindPersons(Purpose.Care, Document: Id(1972, 1, 1).ToLowerInvariant()), grid)).Value.Items);
        Assert.Empty((await desk.Handler.Handle(new FindPersons(Purpose.Care, Document: Id(1976, 1, 1)), grid)).Value.Items);

        foreach (var query in new[] { new FindPersons(Purpose.Testing, Name: "孙", Take: 3), new FindPersons(Purpose.Testing, Residence: "990102", Take: 3) })
        {
            var (seen, page) = (new List<Guid>(), query);
            for (var turn = 0; turn < 4 && page is not null; turn++)
            {
                var found = await desk.Find(page);
                seen.AddRange(found.Items.Select(p => p.Id));
                page = found.Next is null ? null : query with { After = found.Next };
                Assert.DoesNotContain("孙", found.Next ?? "");
            }
            Assert.Equal(7, seen.Count);
            Assert.Equal(ids, seen.ToHashSet());
        }
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_store_that_contradicts_itself_is_seen_and_a_person_is_followed_to_its_file(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock, RegistersModule.Schema);
        List<string> Verify() => test.Store.Read(s => new VerifyRegisters().Verify(s, new Tally()).ToList());
        var scope = new WriteScope(Actor.System, County, WriteScope.Deployment);
        await test.Store.Write(scope, s => Outcome.Of(s.Insert(Place.Rows, [new Place { Code = "990102001001", Name = "一社区" }])));
        var file = Path.Combine(test.Settings.Folder, "two.csv");
        File.WriteAllText(file, $"name,birth,doc_no,residence\n张三,,{Id(1980, 1, 3)},{Home}\n李四,1970,,{Home}\n");
        var report = (await new ImportPersonsHandler(test.Store, Keys, Settings, LocalDays.China).Handle(new ImportPersons(file), Actor.System)).Value;
        Assert.Empty(Verify());

        var trail = new RegistersTrail();
        var person = test.Store.Read(s => s.Query<Guid>("SELECT id FROM person WHERE name = '张三'"))[0];
        var node = test.Store.Read(s => trail.Explain(s, new Ref("person", person)))!;
        Assert.Equal([new Ref("import", report.Job)], node.Under);
        Assert.DoesNotContain(node.Facts, f => f.Value.Contains("张三"));
        Assert.Contains(("sha256", report.Hash), test.Store.Read(s => trail.Explain(s, node.Under[0]))!.Facts);

        foreach (var (broken, what) in new[]
        {
            ("UPDATE person SET present_place = 'x' WHERE name = '张三'", "row and open stay differ"),
            ("DELETE FROM person_stay WHERE person = (SELECT id FROM person WHERE name = '李四')", "without exactly one open stay"),
            ("UPDATE person SET version = 2 WHERE name = '张三'", "versions are not all there"),
            ("UPDATE import_job SET had = 5", "do not add up"),
            ("DELETE FROM person WHERE name = '张三'", "document of nobody"),
        })
        {
            await test.Store.Write(scope, s => Outcome.Of(s.Execute(broken)));
            Assert.Contains(Verify(), difference => difference.Contains(what));
        }
    }

    static string Id(int year, int month, int day, int order = 1)
    {
        var digits = $"{County}{year:D4}{month:D2}{day:D2}{(order * 2 % 1000) + 1:D3}";
        return digits + IdNumber.CheckOf(digits);
    }

    sealed class Desk(TestStore test, FakeClock clock) : IAsyncDisposable
    {
        public Store Store => test.Store;

        public FakeClock Clock => clock;

        public Caller Officer { get; } = new(new Actor(ActorKind.Staff, Uuid7.New(clock)), default, County, [new Grant(Role.RoundOfficer, County)]);

        public PersonViews Views { get; } = new(Settings, LocalDays.China);

        public FindPersonsHandler Handler => new(Store, Keys, Views);

        public static async Task<Desk> Open(StoreKind kind)
        {
            var clock = new FakeClock();
            var test = await TestStores.Open(kind, clock, RegistersModule.Schema);
            await test.Store.Write(new WriteScope(Actor.System, County), s => Outcome.Of(s.Insert(Place.Rows, [.. new[]
            {
                (County, "城东区"), ("990102001", "一街道"), ("990102001001", "一社区"), ("990102002001", "二社区"), ("990103001001", "外区"),
            }.Select(p => new Place { Code = p.Item1, Name = p.Item2 })])));
            return new Desk(test, clock);
        }

        public Task<Outcome<Registered>> Register(PersonDraft person) =>
            new RegisterPersonHandler(Store, Keys, Settings, LocalDays.China).Handle(new RegisterPerson(person), Officer);

        public async Task<PersonPage> Find(FindPersons query) => (await Handler.Handle(query, Officer)).Value;

        public PersonRow Row(Guid id) => Store.Read(s => s.One<PersonRow>("SELECT * FROM person WHERE id = @id", new { id }))!;

        /// <summary>Whatever a test did, the registers must agree with themselves.</summary>
        public ValueTask DisposeAsync()
        {
            var tally = new Tally();
            Assert.Empty(Store.Read(s => new VerifyRegisters().Verify(s, tally).ToList()));
            Assert.Contains(tally.Counts, c => c is { Key: "persons", Value: > 0 });
            return test.DisposeAsync();
        }
    }
}
