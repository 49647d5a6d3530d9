using Qipan.Duties;
using Qipan.Sampling;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.DutyDesk;

/// <summary>What the board says of the list that is shown, so that the list can say the same.</summary>
static class DayFigures
{
    /// <summary>
    /// The figure of late, soon, today, done or should, of one kind or of all, and how much of it is people of which round under way; null and nothing for
    /// other lists.
    /// </summary>
    public static (long? Stated, IReadOnlyList<(Round Round, long Many)> OfRounds) Of(Session session, Region region, DutyClock hours, string view, DutyKind? kind)
    {
        Func<DutyDay, long>? figure = view switch
        {
            "late" => d => d.Late,
            "soon" => d => d.Soon,
            "today" => d => d.Open,
            "done" => d => d.Done,
            "should" => d => d.Should,
            _ => null,
        };
        if (figure is null)
            return (null, []);
        var rounds = kind is null or DutyKind.TestInRound ? RoundFlows.UnderWay(session, region) : [];
        var tests = DutyDays.OfRounds(session, region.Code, region.Below, hours, [.. rounds.Select(r => r.Id.Value.ToString("N"))]).ToLookup(d => d.Basis, figure);
        var others = kind == DutyKind.TestInRound ? 0 : DutyDays.Of(session, region.Code, region.Below, hours).Where(d => kind is null || d.Kind == kind).Sum(figure);
        var ofRounds = rounds.ConvertAll(r => (r, tests[r.Id.Value.ToString("N")].Sum()));
        return (others + ofRounds.Sum(r => r.Item2), ofRounds);
    }
}
