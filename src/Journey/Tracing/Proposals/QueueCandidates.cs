using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Who stood in the same queue of a sampling desk 采样排队, in time before and after the case. By the investigator's request alone: queueing
/// makes nobody a contact by itself (INV-09).
/// </summary>
static class QueueCandidates
{
    /// <summary>A tube takes a while to fill: those that were opened so long before may hold somebody of the queue.</summary>
    const long TubeOpenMs = 4 * 3_600_000;

    public static List<Candidate> Of(Session session, Guid person, ExposureWindow window, TimeSpan before, TimeSpan after)
    {
        var own = Own(session, person, window);
        var found = new List<Candidate>();
        foreach (var registration in own)
        {
            var (from, to) = (registration.CorrectedAt - (long)before.TotalMilliseconds, registration.CorrectedAt + (long)after.TotalMilliseconds);
            foreach (var other in session.Query<Registered>("""
                SELECT r.id, r.person, r.tube, r.device, r.corrected_at
                FROM tube t JOIN registration r ON r.tube = t.id AND r.owner = t.owner
                WHERE t.opened_by = @Device AND t.opened_at >= @opened AND t.opened_at <= @to AND t.owner = @Owner
                  AND r.corrected_at >= @from AND r.corrected_at <= @to AND r.state <> 3 AND r.person <> @person AND r.device = @Device
                """, new { registration.Device, registration.Owner, opened = from - TubeOpenMs, from, to, person }))
            {
                var apart = Math.Abs(other.CorrectedAt - registration.CorrectedAt) / 1000;
                var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(other.CorrectedAt, registration.CorrectedAt));
                found.Add(new Candidate
                {
                    Person = other.Person,
                    Source = "queue",
                    Situation = "tube_queue",
                    First = at,
                    Last = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(other.CorrectedAt, registration.CorrectedAt)),
                    Near = Nearness.Near,
                    Fact = new EvidenceFact("queue", $"registration/{other.Id:N}",
                        $"registered at the same desk {apart / 60} min {apart % 60} s apart{(other.Tube == registration.Tube ? ", in the same tube" : "")}",
                        $"同一采样台登记，相隔{apart / 60}分{apart % 60}秒{(other.Tube == registration.Tube ? "，同管" : "")}"),
                });
            }
        }
        return found;
    }

    /// <summary>Registrations are found by round: the rounds that lasted into the window, and samples of no round.</summary>
    static List<Registered> Own(Session session, Guid person, ExposureWindow window) => session.Query<Registered>("""
        SELECT r.owner, r.id, r.person, r.tube, r.device, r.corrected_at FROM round n JOIN registration r ON r.round = n.id AND r.person = @person
        WHERE n.window_end >= @From AND r.corrected_at >= @From AND r.corrected_at < @To AND r.state <> 3
        UNION ALL
        SELECT r.owner, r.id, r.person, r.tube, r.device, r.corrected_at FROM registration r
        WHERE r.round IS NULL AND r.person = @person AND r.corrected_at >= @From AND r.corrected_at < @To AND r.state <> 3
        """, new { person, window.From, window.To });

    sealed class Registered
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public Guid Person { get; init; }

        public Guid Tube { get; init; }

        public Guid Device { get; init; }

        public long CorrectedAt { get; init; }
    }
}
