using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>
/// The laboratory confirmed a member of a suspect tube by a tube of their own: a case as of the time of that sample, not of its reading
/// (INV-13). Its class is what the protocol says of a positive sample with nothing known of symptoms.
/// </summary>
sealed class HearMemberConfirmed(CaseWork work, ProtocolBook protocols, LocalDays days) : Subscriber<MemberConfirmed>("cases.member_confirmed")
{
    protected override Outcome<Done> Handle(WriteSession session, string owner, MemberConfirmed news)
    {
        var found = session.One<Found>("""
            SELECT disease, round FROM pool_alert WHERE id = @Alert
            """, new { news.Alert }) ?? throw new CorruptException("event member_confirmed", $"names alert {news.Alert:N}, which is not there");
        var person = PersonDirectory.Current(session, [news.Person]).GetValueOrDefault(news.Person);
        var result = session.One<Guid?>("SELECT result FROM tube WHERE id = @Tube", new { news.Tube });
        var opened = work.Open(session, new NewCase
        {
            Owner = owner,
            Person = news.Person,
            Disease = found.Disease,
            Class = Class(found.Disease, owner, session.Now),
            BasisKind = result is null ? "tube" : "result",
            BasisId = (result ?? news.Tube).ToString("N"),
            FirstPositiveAt = news.SampleAt,
            Discovery = person?.PresentKind switch
            {
                PresentKind.CentralIsolation => Discovery.CentralIsolation,
                PresentKind.HomeIsolation => Discovery.HomeIsolation,
                _ => found.Round is null ? Discovery.MustTest : Discovery.PoolScreening,
            },
        });
        return opened.Ok ? Done.Value : opened.Refusal;
    }

    CaseClass Class(string disease, string owner, DateTimeOffset now) =>
        protocols.Resolve(disease, owner, days.DateOf(now)) is { Ok: true } ruling && ruling.Value.Classification is { Ok: true } rule
        && Classification.Of(rule.Value.Rule, new Dictionary<string, bool> { [rule.Value.Rule.PositiveSample] = true }).Class is { } proposed
            ? (CaseClass)(int)proposed : CaseClass.Confirmed;

    sealed class Found
    {
        public string Disease { get; init; } = "";

        public Guid? Round { get; init; }
    }
}
