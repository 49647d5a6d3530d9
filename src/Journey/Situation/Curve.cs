using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>An epidemic curve 流行曲线 as it is shown.</summary>
/// <param name="Disease">Null where the region has no case of any.</param>
/// <param name="Days">Empty where there is no case, and where the region is too small for the reader (P-10).</param>
public sealed record Curve(Region Region, DateTimeOffset AsOf, string? Disease, IReadOnlyList<string> Diseases, CurveBasis By, IReadOnlyList<CurveDay> Days)
{
    /// <summary>The curve between two days, for a reader who may see figures of the region; which cases stand in it, <see cref="DayBook.Counts"/> says.</summary>
    public static Curve Read(Store store, DayBook days, SituationSettings settings, Caller caller, Region region, string? disease, CurveBasis by, DateOnly? from, DateOnly? to, int most) =>
        store.Read(session =>
        {
            var now = store.Clock.GetUtcNow();
            var diseases = DayBook.Diseases(session, region);
            var of = disease is not null && diseases.Contains(disease) ? disease : diseases.FirstOrDefault();
            var last = to is { } asked && asked < days.Today(now) ? asked : days.Today(now);
            var first = from is { } day && day <= last ? day : last.AddDays(1 - settings.CurveDays);
            if (last.DayNumber - first.DayNumber >= most)
                first = last.AddDays(1 - most);
            if (of is null || (region.Code.Length > 6 && !Board.MaySee(caller, region)))
                return new Curve(region, now, of, diseases, by, []);
            var rounds = RoundFlows.UnderWay(session, region);
            return new Curve(region, now, of, diseases, by, Curves.Of(days.Counts(session, region, of, by, first, last),
                by == CurveBasis.Found ? days.Waiting(session, region, [.. rounds.Select(r => r.Id.Value)], now) : new Dictionary<DateOnly, long>(),
                days.Social(region, of, last), first, last));
        });
}
