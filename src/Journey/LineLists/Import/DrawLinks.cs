using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>How the waiting links of a list ended.</summary>
/// <param name="Waiting">Links of which a case is still not known.</param>
sealed record DrawnLinks(int Drawn, int Refused, int Waiting);

/// <summary>
/// Draws the links of a list whose cases are both there by now. Runs after every import of the list and may be stopped at any time: what
/// is left waits for the next. Which links cannot be (a circle, a case that was ruled out) is kept with the reason.
/// </summary>
sealed class DrawLinks(Store store)
{
    const int Most = 2_000;

    // CROSS JOIN keeps SQLite's planner from pairing the rows before it looks at the few links that wait.
    const string Ready = """
        SELECT w.*, f.subject AS from_case, t.subject AS to_case, t.owner AS to_owner, t.exposure_on AS case_exposure
        FROM list_link w CROSS JOIN list_row f CROSS JOIN list_row t
        WHERE w.list = @list AND w.state = 1 AND f.list = w.list AND f.kind = 1 AND f.row_id = w.from_id
          AND t.list = w.list AND t.kind = 1 AND t.row_id = w.to_id LIMIT @most
        """;

    public async Task<Outcome<DrawnLinks>> Run(string list, Actor actor)
    {
        var (drawn, refused) = (0, 0);
        while (true)
        {
            var ready = store.Read(s => s.Query<ReadyLink>(Ready, new { list, most = Most }));
            if (ready.Count == 0)
                break;
            var written = await store.Write(new WriteScope(actor, [.. ready.SelectMany(l => new[] { l.Owner, l.ToOwner }).Distinct()]), session => Outcome.Of(Draw(session, ready)));
            if (!written.Ok)
            {
                if (written.Refusal.Kind != RefusalKind.Busy)
                    return written.Refusal;
                await Task.Delay(TimeSpan.FromSeconds(1), store.Clock);
                continue;
            }
            drawn += written.Value;
            refused += ready.Count - written.Value;
        }
        var waiting = store.Read(s => s.Scalar<long>("SELECT count(*) FROM list_link WHERE list = @list AND state = 1", new { list }));
        return new DrawnLinks(drawn, refused, (int)waiting);
    }

    static int Draw(WriteSession session, List<ReadyLink> ready)
    {
        var answers = Links.Add(session, ready.ConvertAll(l => new NewLink(
            l.FromCase, l.ToCase, l.Confidence, l.Situation, l.ExposureOn ?? l.CaseExposure, $"import:{l.List}")));
        session.Update(ListLinkRow.Rows, [.. ready.Select((l, i) => l.Row() with
        {
            State = answers[i].Ok ? ListLinkState.Drawn : ListLinkState.Refused,
            Link = answers[i].Ok ? answers[i].Value.Id : null,
            Reason = answers[i].Refusal?.Code,
            At = session.Now,
        })]);
        return answers.Count(a => a.Ok);
    }

    sealed class ReadyLink
    {
        public string Owner { get; init; } = "";

        public string List { get; init; } = "";

        public string FromId { get; init; } = "";

        public string ToId { get; init; } = "";

        public LinkSource Source { get; init; }

        public LinkConfidence Confidence { get; init; }

        public string Situation { get; init; } = "";

        public DateOnly? ExposureOn { get; init; }

        public Guid Job { get; init; }

        public long RowNo { get; init; }

        public Guid FromCase { get; init; }

        public Guid ToCase { get; init; }

        public string ToOwner { get; init; } = "";

        public DateOnly? CaseExposure { get; init; }

        public ListLinkRow Row() => new()
        {
            Owner = Owner,
            List = List,
            FromId = FromId,
            ToId = ToId,
            Source = Source,
            Confidence = Confidence,
            Situation = Situation,
            ExposureOn = ExposureOn,
            Job = Job,
            RowNo = RowNo,
        };
    }
}
