using System.Threading.RateLimiting;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Somebody asks for their own results 结果自查, with the name and the document under which they were sampled.</summary>
public sealed record FindOwnResults(string Name, string Document, DocType Type = DocType.IdCard);

/// <summary>
/// Answers with the samples of the last days, newest first, and nothing else of the person. Whether name and document do not belong together, the
/// register knows neither, or nothing was sampled: the answer is the same, so that it cannot be used to find out who is who. Each answer is written to
/// the access log, where the person can see it (P-07); each document may be asked for so many times (settings). Safe for all threads.
/// </summary>
public sealed class FindOwnResultsHandler(Store store, Keyring keyring, LaboratorySettings settings, LocalDays days) : IDisposable
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    readonly PartitionedRateLimiter<Guid> asked = PartitionedRateLimiter.Create<Guid, Guid>(document => RateLimitPartition.GetSlidingWindowLimiter(document,
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = settings.OwnResultAsksPer10Minutes, Window = Window, SegmentsPerWindow = 5 }));

    public async Task<Outcome<OwnResults>> Handle(FindOwnResults query)
    {
        var now = store.Clock.GetUtcNow();
        if (NameKeys.Of(query.Name) is not { Length: > 0 } name)
            return new NameMissing();
        var documents = KeysOf(query, days.DateOf(now));
        if (documents.Count == 0)
            return new OwnDocumentWrong();
        using (var lease = asked.AttemptAcquire(documents[0]))
            if (!lease.IsAcquired)
                return new AskedTooOften { RetryAfterSeconds = (int)Window.TotalSeconds };
        var since = now.AddDays(-settings.OwnResultDays);
        var (person, found) = store.Read(session => Find(session, documents, name, since));
        if (person is null || found.Count == 0)
            return new OwnResultNotFound(settings.OwnResultDays);
        return await store.Write(new WriteScope(Actor.Public, person.Owner), session =>
        {
            AccessLog.Record(session, person.Owner, Purpose.Testing, "own_result", new Ref("person", person.Id), "sampled_at", "result");
            return Outcome.Of(new OwnResults(found));
        });
    }

    public void Dispose() => asked.Dispose();

    /// <summary>The keys under which the document may stand; an identity card of the last century has a number of 15 digits as well.</summary>
    List<Guid> KeysOf(FindOwnResults query, DateOnly today)
    {
        if (query.Type != DocType.IdCard)
            return Enum.IsDefined(query.Type) && DocumentKeys.Normal(query.Document.Trim()) is { Length: >= 5 and <= 30 } number
                ? [DocumentKeys.Of(keyring, query.Type, number)] : [];
        if (IdNumber.Parse(query.Document, today) is not { Ok: true } id)
            return [];
        return id.Value.To18() is var whole && whole.To15() is { } old
            ? [DocumentKeys.Of(keyring, query.Type, whole.Number), DocumentKeys.Of(keyring, query.Type, old.Number)]
            : [DocumentKeys.Of(keyring, query.Type, whole.Number)];
    }

    static (PersonRef? Person, List<OwnResult> Found) Find(Session session, List<Guid> documents, string name, DateTimeOffset since)
    {
        if (PersonDirectory.ByDocuments(session, documents).Values.FirstOrDefault() is not { } holder
            || PersonDirectory.Current(session, [holder.Id]).GetValueOrDefault(holder.Id) is not { } person
            || (holder.NameKey != name && person.NameKey != name))
            return (null, []);
        var samples = session.Each<Sample>("""
            SELECT r.corrected_at AS sampled_at, r.result_state AS result, t.state, t.kind, t.reject_reason, s.released_at, m.outcome, m.outcome_at
            FROM registration r JOIN tube t ON t.owner = r.owner AND t.id = r.tube LEFT JOIN result s ON s.owner = t.owner AND s.id = t.result
              LEFT JOIN pool_alert_member m ON m.person = r.person AND m.registration = r.id
            WHERE r.person = @key AND r.state <> 3 AND r.corrected_at >= @since
            """, PersonDirectory.AllOf(session, [person.Id]), new { since });
        return (person, [.. samples.OrderByDescending(s => s.SampledAt).Select(s => s.Said()).Take(OwnResult.Most)]);
    }

    sealed class Sample
    {
        public DateTimeOffset SampledAt { get; init; }

        public MemberResult Result { get; init; }

        public TubeState State { get; init; }

        public int Kind { get; init; }

        public int RejectReason { get; init; }

        public DateTimeOffset? ReleasedAt { get; init; }

        public MemberOutcome? Outcome { get; init; }

        public DateTimeOffset? OutcomeAt { get; init; }

        public OwnResult Said()
        {
            var answer = Result switch
            {
                MemberResult.Negative => OwnAnswer.Negative,
                MemberResult.Decided when Outcome == MemberOutcome.Cleared => OwnAnswer.Negative,
                MemberResult.Held or MemberResult.Decided => OwnAnswer.SpokenOf,
                _ when State is TubeState.Rejected or TubeState.Void || RejectReason > 0 => OwnAnswer.NotTested,
                _ => OwnAnswer.Waiting,
            };
            return new OwnResult(SampledAt, answer, answer == OwnAnswer.Negative ? (Result == MemberResult.Decided ? OutcomeAt : ReleasedAt) : null, Kind);
        }
    }
}
