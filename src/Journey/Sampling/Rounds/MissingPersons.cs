using Qipan.Duties;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Why somebody who should be covered is not. The numbers reach the wire: append only.</summary>
public enum MissingReason
{
    /// <summary>未采: not sampled in this round. The one who is looked for.</summary>
    NotSampled = 1,

    /// <summary>待检: sampled, and not all of the person's own tubes are resulted.</summary>
    Pending = 2,

    /// <summary>待复核: a tube of the person's is positive, grey or invalid.</summary>
    Held = 3,

    /// <summary>样本作废: every tube was rejected or voided; to be sampled again.</summary>
    SampleLost = 4,

    /// <summary>The register says that the person has left since; to be waived.</summary>
    LeftRegion = 5,

    /// <summary>The register says that the person has died since; to be waived.</summary>
    Deceased = 6,

    /// <summary>The register says that the row is another person's; to be waived.</summary>
    Merged = 7,
}

/// <summary>Somebody on the roster who is not covered, with the reason.</summary>
/// <param name="Person">As the ledger lists it: id, area, age band, deadline, unit.</param>
/// <param name="Reason">Why.</param>
/// <param name="Stage">Where the slowest of the person's tubes is, when sampled.</param>
public sealed record MissingLine(MissingPerson Person, MissingReason Reason, Stage? Stage);

/// <summary>不漏一人: who is missing, and of them who is only waiting for a result.</summary>
/// <param name="Count">Not covered.</param>
/// <param name="Sampled">Of them, sampled in this round; exact from a street down, null above it, where the board has the counters.</param>
public sealed record MissingList(long Count, long? Sampled, IReadOnlyList<MissingLine> Items, string? Next);

/// <summary>The missing of a round, each with a reason (INV-15).</summary>
public static class MissingPersons
{
    /// <summary>The count and a page, by place and person.</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="owner">The county.</param>
    /// <param name="round">The round.</param>
    /// <param name="area">A place code of the county.</param>
    /// <param name="after">The <see cref="MissingList.Next"/> of the page before.</param>
    /// <param name="take">1 to 200.</param>
    public static MissingList Of(Session session, string owner, Guid round, string area, string? after = null, int take = 200)
    {
        var page = Missing.Of(session, owner, round.ToString("N"), area, after, take);
        var ids = page.Items.Select(i => i.Subject).ToList();
        var samples = ids.Count == 0 ? Enumerable.Empty<SampleState>().ToLookup(s => s.Person) : session.Query<SampleState>($"""
            SELECT r.person, r.result_state, t.state FROM registration r JOIN tube t ON t.owner = r.owner AND t.id = r.tube
            WHERE r.round = @round AND r.person {session.InIds("ids")} AND r.state <> 3
            """, new { round, ids = session.Keys(ids) }).ToLookup(s => s.Person);
        var persons = PersonDirectory.ByIds(session, ids);
        return new MissingList(page.Count, area.Length >= 9 ? SampledIn(session, owner, round, area) : null,
            [.. page.Items.Select(i => Line(i, [.. samples[i.Subject]], persons.GetValueOrDefault(i.Subject)))], page.Next);
    }

    /// <summary>The reason from all the person's own tubes of the round, and where the slowest is.</summary>
    internal static (MissingReason Reason, Stage? Stage) ReasonOf(IReadOnlyCollection<(MemberResult Result, TubeState Tube)> samples)
    {
        var standing = samples.Where(s => RoundStages.Of(s.Tube) != Stage.Lost).ToList();
        if (standing.Count == 0)
            return samples.Count == 0 ? (MissingReason.NotSampled, null) : (MissingReason.SampleLost, Stage.Lost);
        var slowest = standing.Min(s => RoundStages.Of(s.Tube));
        return (standing.Exists(s => s.Result == MemberResult.Held) ? MissingReason.Held : MissingReason.Pending, slowest);
    }

    static MissingLine Line(MissingPerson person, List<SampleState> samples, PersonRef? now)
    {
        var (reason, stage) = ReasonOf([.. samples.Select(s => (s.ResultState, s.State))]);
        if (reason == MissingReason.NotSampled && now is not null)
            reason = now.MergedInto is not null ? MissingReason.Merged
                : now.PresentKind == PresentKind.Deceased ? MissingReason.Deceased
                : now.PresentKind == PresentKind.LeftRegion ? MissingReason.LeftRegion
                : reason;
        return new MissingLine(person, reason, stage);
    }

    static long SampledIn(Session session, string owner, Guid round, string area) => session.Scalar<long>($"""
        SELECT count(*) FROM duty d
        WHERE d.owner = @owner AND d.kind = 1 AND d.basis_id = @basis AND d.state = 0 AND {Scope.Within(session, area, "d.area")}
          AND EXISTS (SELECT 1 FROM registration r WHERE r.round = @round AND r.person = d.subject_id AND r.state <> 3)
        """, new { owner, basis = round.ToString("N"), round });

    sealed class SampleState
    {
        public Guid Person { get; init; }

        public MemberResult ResultState { get; init; }

        public TubeState State { get; init; }
    }
}
