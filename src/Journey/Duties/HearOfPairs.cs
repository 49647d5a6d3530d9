using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>Likely pairs were parked: each is somebody's to decide.</summary>
sealed class HearPairsParked(DutiesSettings settings) : Subscriber<PairsParked>("duties.pairs_parked")
{
    protected override Outcome<Done> Handle(WriteSession session, string owner, PairsParked news)
    {
        PairDuties.Open(session, settings, owner, news.Pairs);
        return Done.Value;
    }
}

/// <summary>A pair was decided.</summary>
sealed class HearPairDecided() : Subscriber<PairDecided>("duties.pair_decided")
{
    protected override Outcome<Done> Handle(WriteSession session, string owner, PairDecided news)
    {
        PairDuties.Decided(session, owner, news.PersonA, news.PersonB);
        return Done.Value;
    }
}

/// <summary>A decision stands as long as the pair is not open; that two are one, as long as their merge was not undone.</summary>
sealed class PairDecisions : IEvidenceCheck
{
    public IReadOnlyList<string> Kinds { get; } = [PairDuties.Pair, PairDuties.OnePerson];

    public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids)
    {
        var parts = ids.Select(id => (Id: id, Persons: id.Split('.').Select(p => Guid.TryParseExact(p, "N", out var key) ? key : Guid.Empty).ToArray())).ToList();
        var keys = session.Keys(parts.Select(p => p.Persons[0]));
        var standing = kind == PairDuties.Pair
            ? session.Query<Decision>($"SELECT person_a, person_b FROM duplicate_pair WHERE state <> {(int)PairState.Open} AND person_a {session.InIds("keys")}", new { keys })
                .Select(d => $"{d.PersonA:N}.{d.PersonB:N}").ToHashSet(StringComparer.Ordinal)
            : session.Query<Guid>($"SELECT id FROM person_merge WHERE undone_at IS NULL AND id {session.InIds("keys")}", new { keys })
                .Select(id => id.ToString("N")).ToHashSet(StringComparer.Ordinal);
        return [.. ids.Where(id => !standing.Contains(id))];
    }

    sealed class Decision
    {
        public Guid PersonA { get; init; }

        public Guid PersonB { get; init; }
    }
}
