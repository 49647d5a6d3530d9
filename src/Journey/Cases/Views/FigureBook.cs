using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>The figures of cases, counted from their histories.</summary>
public sealed class FigureBook(LocalDays days)
{
    /// <summary>Local days from the first to the last, both counted. A case of any county counts where its region of onset lies.</summary>
    public Outcome<CaseFigures> Of(Session session, Caller caller, string territory, string disease, DateOnly from, DateOnly to) =>
        caller.Must(Permission.SeeFigures, territory) is { Ok: false } refused
            ? refused.Refusal!
            : CaseFigures.Of(session.Query<Step>("""
                SELECT h.case_id, c.no, h.seq, h.at, h.field, h.new_value AS value, h.reason FROM case_record c
                JOIN case_change h ON h.owner = c.owner AND h.case_id = c.id
                WHERE h.field IN ('class', 'onset_region', 'flags') AND c.disease = @disease AND EXISTS
                  (SELECT 1 FROM case_change r WHERE r.owner = c.owner AND r.case_id = c.id AND r.field = 'onset_region'
                     AND r.new_value >= @territory AND r.new_value < @beyond)
                ORDER BY h.case_id, h.seq
                """, new { disease, territory, beyond = territory + "~" })
                .ConvertAll(s => new FigureStep(s.CaseId, s.No, s.Seq, s.At, s.Field, s.Value, s.Reason)), territory, days.StartOf(from), days.EndOf(to));

    sealed class Step
    {
        public Guid CaseId { get; init; }

        public string No { get; init; } = "";

        public long Seq { get; init; }

        public DateTimeOffset At { get; init; }

        public string Field { get; init; } = "";

        public string? Value { get; init; }

        public string? Reason { get; init; }
    }
}
