using System.Text.Json;
using Qipan.Contracts;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// INV-02 across counties: one printed code on tubes of two counties is on the list of both. Nobody's tube is quarantined for it, because
/// a laboratory takes a code only of the tube that it received. Looked for when a tube is opened and when it is sealed.
/// </summary>
static class CodesElsewhere
{
    public static void Look(WriteSession session, Desk desk, FactBatch batch, SamplingSettings settings)
    {
        var opened = batch.Facts.Where(f => f.Refusal is null && f.Payload is TubeOpening).ToDictionary(f => f.Id);
        var own = batch.Facts.Where(f => f.Refusal is null).Select(f => f.Payload switch
        {
            TubeOpening => f.Id,
            TubeSealing p => p.Tube,
            _ => (Guid?)null,
        }).OfType<Guid>().Distinct().Select(id => desk.Tubes.GetValueOrDefault(id)?.Now).OfType<TubeRow>()
            .Where(t => t.Code.Length > 0 && t.State != TubeState.Void).ToLookup(t => t.Code, StringComparer.Ordinal);
        if (own.Count == 0)
            return;
        foreach (var other in session.Query<OtherTube>(
            $"SELECT owner, id, code FROM tube WHERE code {session.In("codes")} AND owner <> @Owner AND state <> {(int)TubeState.Void}",
            new { desk.Owner, codes = session.Keys(own.Select(g => g.Key)) }))
            foreach (var tube in own[other.Code])
            {
                Open(session, desk.Owner, new TubeCodeShared(tube.Id, tube.Code, other.Id, other.Owner), settings);
                if (opened.TryGetValue(tube.Id, out var fact))
                    fact.Flag(DiscrepancyKinds.CodeInTwoCounties);
                session.Publish(other.Owner, new TubeCodeShared(other.Id, tube.Code, tube.Id, desk.Owner));
            }
    }

    public static void Open(WriteSession session, string owner, TubeCodeShared shared, SamplingSettings settings) => Discrepancies.Open(session, owner,
        [new NewDiscrepancy(DiscrepancyKinds.CodeInTwoCounties, "tube", shared.Tube, shared.Other.ToString("N"),
            JsonSerializer.Serialize(new { code = shared.Code, county = shared.County, tube = shared.Other.ToString("N") }))], settings);

    sealed class OtherTube
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public string Code { get; init; } = "";
    }
}

/// <summary>The other county hears of it in a unit of its own.</summary>
sealed class HearOfSharedCodes(SamplingSettings settings) : Subscriber<TubeCodeShared>("sampling.shared_codes")
{
    protected override Outcome<Done> Handle(WriteSession session, string owner, TubeCodeShared news)
    {
        CodesElsewhere.Open(session, owner, news, settings);
        return Done.Value;
    }
}
