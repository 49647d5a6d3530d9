using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;

namespace Qipan.Conformance.Merging;

/// <summary>A county with a register and a ledger, in which rows are found alike, joined and taken apart. Persons are synthetic.</summary>
sealed class Town : IAsyncDisposable
{
    public const string County = "990102";
    public const string Home = "990102001001.c01.b1.u1.101";

    static readonly Keyring Keys = Keyring.Of(new string('c', 64));

    readonly TestStore test;
    readonly FakeClock clock;

    Town(TestStore test, FakeClock clock)
    {
        (this.test, this.clock) = (test, clock);
        var merges = new PersonMerges(Keys, [new RegistersHolding(), new DutiesHolding(Duties)]);
        Find = new FindDuplicatesHandler(Store, Keys);
        Merge = new MergePersonsHandler(Store, merges);
        Decide = new DecideDuplicateHandler(Store, merges);
        Unmerge = new UnmergePersonHandler(Store, merges);
        Search = new FindPersonsHandler(Store, Keys, new PersonViews(new RegistersSettings(), LocalDays.China));
        Officer = new Caller(new Actor(ActorKind.Staff, Uuid7.New(clock)), default, County, [new Grant(Role.RoundOfficer, County)]);
    }

    public static DutiesSettings Duties { get; } = new();

    public Store Store => test.Store;

    public FindDuplicatesHandler Find { get; }

    public MergePersonsHandler Merge { get; }

    public DecideDuplicateHandler Decide { get; }

    public UnmergePersonHandler Unmerge { get; }

    public FindPersonsHandler Search { get; }

    public Caller Officer { get; }

    public static async Task<Town> Open(StoreKind kind)
    {
        var standing = new FakeClock();
        return new Town(await TestStores.Open(kind, standing, RegistersModule.Schema, DutiesModule.Schema), standing);
    }

    /// <summary>A number of the eight digits of a birth, with its check digit.</summary>
    public static string Number(string birth)
    {
        var body = $"990102{birth}001";
        return body + Kernel.Codes.IdNumber.CheckOf(body);
    }

    public List<PairRow> Pairs() => Store.Read(s => s.Query<PairRow>("SELECT * FROM duplicate_pair ORDER BY person_b"));

    public Task<Guid> Add(string name, string? birth, string place = Home, string? doc = null, string? phone = null) =>
        Row(name, birth ?? $"{doc![6..10]}-{doc[10..12]}-{doc[12..14]}", County, doc is null ? null : (DocType.IdCard, doc), place, phone);

    public async Task<Guid> Row(string name, string birth, string county, (DocType Type, string No)? document, string? place = null, string? phone = null)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        var row = new PersonRow
        {
            Owner = county,
            Id = Uuid7.New(clock),
            Name = name,
            NameKey = NameKeys.Of(name),
            Birth = birth,
            Residence = place ?? county + "001001.c09",
            Household = place == Home ? new Guid("01900000-0000-7000-8000-00000000cccc") : null,
            PresentOwner = county,
            PresentPlace = place ?? county + "001001.c09",
            PresentSince = clock.GetUtcNow(),
            CreatedAt = clock.GetUtcNow(),
            Source = "test",
            Confidence = IdentityConfidence.Claimed,
        };
        await Store.Write(new WriteScope(Actor.System, county), s =>
        {
            s.Insert(PersonRow.Rows, [row]);
            s.Insert(StayRow.Rows, [StayRow.First(row)]);
            NameTerms.Keep(s, [(county, name, row.NameKey)]);
            if (document is { } had)
                s.Insert(DocumentRow.Rows, [new DocumentRow
                {
                    Owner = county,
                    DocKey = DocumentKeys.Of(Keys, had.Type, had.No),
                    Person = row.Id,
                    DocType = had.Type,
                    Sealed = Keys.Seal(county, Personal.Of(had.No)),
                    Masked = DocumentKeys.Masked(had.No),
                }]);
            if (phone is not null)
                s.Insert(PhoneRow.Rows, [new PhoneRow { Owner = county, Person = row.Id, PhoneKey = DocumentKeys.OfPhone(Keys, phone), Sealed = Keys.Seal(county, Personal.Of(phone)), Masked = "*" }]);
            return Outcome.Done;
        });
        return row.Id;
    }

    public ValueTask DisposeAsync() => test.DisposeAsync();
}
