using Qipan.Cases;
using Qipan.Conformance.Laboratory;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;
using Xunit;

namespace Qipan.Conformance.Cases;

/// <summary>The county of <see cref="LabWorld"/> with its cases: use cases, and what hears of the laboratory.</summary>
sealed class CaseWorld : IAsyncDisposable
{
    CaseWorld(LabWorld lab)
    {
        Lab = lab;
        Book = LoadProtocols.From((string?)null).Value;
        Work = new CaseWork(Book, LocalDays.China, new CasesSettings());
        Acts = new CaseActs(Store, LocalDays.China);
        Definitions = new CaseDefinitions(Book, LocalDays.China);
        Views = new CaseViews(Store, Definitions);
        One = Staff(Role.Investigator);
        Other = Staff(Role.Investigator);
        Subscribers = [new HearMemberConfirmed(Work, Book, LocalDays.China), new HearResultAmended(), new HearPositiveAgain(new Repositives(LocalDays.China))];
    }

    public LabWorld Lab { get; }

    public Store Store => Lab.Store;

    public ProtocolBook Book { get; }

    public CaseWork Work { get; }

    public CaseActs Acts { get; }

    public CaseDefinitions Definitions { get; }

    public CaseViews Views { get; }

    /// <summary>Two investigators of the county.</summary>
    public Caller One { get; }

    public Caller Other { get; }

    public IReadOnlyList<ISubscriber> Subscribers { get; }

    public static async Task<CaseWorld> Open(StoreKind kind) => new(await LabWorld.Open(kind, 1000, CasesModule.Schema));

    public Caller Staff(Role role, string territory = LabWorld.County) =>
        new(new Actor(ActorKind.Staff, Uuid7.New(Lab.Clock)), Lab.Lab.Unit, LabWorld.County, [new Grant(role, territory)]);

    public async Task<Guid> Person() => (await Lab.Persons(1))[0];

    /// <summary>A case of a new person, opened by a report.</summary>
    public async Task<CaseRow> Case(CaseClass @class = CaseClass.Confirmed, Func<NewCase, NewCase>? more = null)
    {
        var wanted = new NewCase
        {
            Owner = LabWorld.County,
            Person = await Person(),
            Disease = "COVID-19",
            Class = @class,
            BasisKind = "report",
            BasisId = Uuid7.New(Lab.Clock).ToString("N"),
        };
        return (await Lab.Write(s => Work.Open(s, more?.Invoke(wanted) ?? wanted))).Value.Case;
    }

    public CaseRow Now(Guid id) => Store.Read(s => CaseBook.ByIds(s, [id]))[id];

    public DutyLine Duty(CaseRow row, DutyKind kind) => Store.Read(s => DutyList.One(s, CaseDuties.Key(row, kind)))!;

    public Dictionary<string, List<string>> History(CaseRow row) => Store.Read(s => CaseHistory.Of(s, row.Owner, row.Id))
        .GroupBy(h => h.Field).ToDictionary(h => h.Key, h => h.Select(x => x.NewValue ?? "").ToList());

    /// <summary>Events of a kind that wait, with their county.</summary>
    public List<string> Told(string kind) => Store.Read(s => s.Query<string>("SELECT owner || ' ' || body FROM outbox WHERE kind = @kind ORDER BY id", new { kind }));

    /// <summary>Hands on what waits until nothing does.</summary>
    public async Task Hear()
    {
        var dispatcher = new OutboxDispatcher(Store, Subscribers, Microsoft.Extensions.Logging.Abstractions.NullLogger<OutboxDispatcher>.Instance);
        while (await dispatcher.DispatchOnce() > 0)
        {
        }
    }

    /// <summary>What is kept agrees with what the facts say.</summary>
    public void AssertVerified() => Assert.Empty(Store.Read(s => new VerifyCases().Verify(s, new Tally())
        .Concat(new VerifyLedger([new CasesEvidence(), new Rest()]).Verify(s, new Tally())).ToList()));

    public ValueTask DisposeAsync() => Lab.DisposeAsync();

    /// <summary>The other modules vouch for theirs in their own tests.</summary>
    sealed class Rest : IEvidenceCheck
    {
        public IReadOnlyList<string> Kinds { get; } = ["registration", "result", "review", "pool_alert", "alert_member"];

        public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids) => [];
    }
}
