using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>
/// A result says something else now. The cases that were opened on it are flagged, never changed by themselves: a person looks (INV-11,
/// INV-12). When it says what it said before, the flag falls again.
/// </summary>
sealed class HearResultAmended() : Subscriber<ResultAmended>("cases.result_amended")
{
    protected override Outcome<Done> Handle(WriteSession session, string owner, ResultAmended news)
    {
        var versions = session.Query<Version>("SELECT id, call FROM result WHERE tube = @Tube", new { news.Tube });
        var cases = session.Query<CaseRow>($"""
            SELECT * FROM case_record WHERE class <> 5 AND opened_by_kind IN ('result', 'tube') AND opened_by_id {session.In("ids")}
            """, new { ids = session.Keys(versions.Select(v => v.Id.ToString("N")).Append(news.Tube.ToString("N"))) });
        foreach (var elsewhere in cases.Where(c => c.Owner != owner).Select(c => c.Owner).Distinct())
            session.Publish(elsewhere, news);
        var changes = cases.Where(c => c.Owner == owner).Select(row =>
        {
            var opening = versions.Find(v => v.Id.ToString("N") == row.OpenedById);
            var same = news.To is not null && opening is not null && versions.Find(v => v.Id == news.Result)?.Call == opening.Call;
            return (row, row with
            {
                Flags = same ? CaseFlags.Without(row.Flags, CaseFlags.OpeningResultChanged) : CaseFlags.With(row.Flags, CaseFlags.OpeningResultChanged),
            });
        }).ToList();
        foreach (var change in CaseHistory.Change(session, changes, $"result {news.Result:N}: {news.From} to {news.To ?? "withdrawn"}"))
            session.Trail(owner, "flag_case", new Ref("case", change.CaseId), new Ref("result", news.Result));
        return Done.Value;
    }

    sealed class Version
    {
        public Guid Id { get; init; }

        public int Call { get; init; }
    }
}
