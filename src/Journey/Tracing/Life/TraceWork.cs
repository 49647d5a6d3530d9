using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A case, a run or a result whose consequences for contacts are to be drawn; done by <see cref="TraceWorker"/>.</summary>
sealed record TraceWork
{
    public static readonly Table<TraceWork> Rows = new("trace_work",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("case_id", ColumnType.Uuid, r => r.CaseId),
        new("why", ColumnType.Text, r => r.Why),
        new("wanted_at", ColumnType.Big, r => r.WantedAt),
        new("done_at", ColumnType.Big, r => r.DoneAt),
        new("note", ColumnType.Text, r => r.Note));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    /// <summary>The case; the run or the result where the laboratory spoke.</summary>
    public Guid CaseId { get; init; }

    /// <summary>case_opened, case_isolated, onset_corrected, ruled_out, class_restored, second_ring, itinerary, results, result_fell.</summary>
    public string Why { get; init; } = "";

    public DateTimeOffset WantedAt { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public string? Note { get; init; }

    public static void Want(WriteSession session, string owner, Guid of, string why) =>
        session.Insert(Rows, [new TraceWork { Owner = owner, Id = session.NewId(), CaseId = of, Why = why, WantedAt = session.Now }]);

    public static List<TraceWork> Open(Session session, int take) => session.Query<TraceWork>(
        "SELECT * FROM trace_work WHERE done_at IS NULL ORDER BY wanted_at, id LIMIT @take", new { take });
}

/// <summary>Hears what concerns contacts and notes it; the consequences may be many rows of several counties, so they have units of their own.</summary>
static class TraceSubscribers
{
    public sealed class Opened() : Subscriber<CaseOpened>("tracing.case_opened")
    {
        protected override Outcome<Done> Handle(WriteSession session, string owner, CaseOpened news) => Want(session, owner, news.Case, "case_opened");
    }

    public sealed class Isolated() : Subscriber<CaseIsolated>("tracing.case_isolated")
    {
        protected override Outcome<Done> Handle(WriteSession session, string owner, CaseIsolated news) => Want(session, owner, news.Case, "case_isolated");
    }

    public sealed class Onset() : Subscriber<OnsetCorrected>("tracing.onset_corrected")
    {
        protected override Outcome<Done> Handle(WriteSession session, string owner, OnsetCorrected news) => Want(session, owner, news.Case, "onset_corrected");
    }

    public sealed class Reclassified() : Subscriber<CaseReclassified>("tracing.case_reclassified")
    {
        protected override Outcome<Done> Handle(WriteSession session, string owner, CaseReclassified news) => Want(session, owner, news.Case,
            news.To == "ruled_out" ? "ruled_out" : news.From == "ruled_out" ? "class_restored" : "onset_corrected");
    }

    public sealed class Itinerary() : Subscriber<ItineraryChanged>("tracing.itinerary_changed")
    {
        protected override Outcome<Done> Handle(WriteSession session, string owner, ItineraryChanged news) => Want(session, owner, news.Case, "itinerary");
    }

    public sealed class Results() : Subscriber<ResultsReleased>("tracing.results")
    {
        protected override Outcome<Done> Handle(WriteSession session, string owner, ResultsReleased news) => Want(session, owner, news.Run, "results");
    }

    public sealed class Amended() : Subscriber<ResultAmended>("tracing.result_amended")
    {
        protected override Outcome<Done> Handle(WriteSession session, string owner, ResultAmended news) =>
            Want(session, owner, news.Supersedes, "result_fell");
    }

    static Outcome<Done> Want(WriteSession session, string owner, Guid of, string why)
    {
        TraceWork.Want(session, owner, of, why);
        return Done.Value;
    }
}
