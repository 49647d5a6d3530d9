using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>The questions of <see cref="DeskLoad"/>.</summary>
static class DeskRows
{
    const string TubeColumns = "id, code, round, kind, capacity, state, opened_at, opened_by, session, sealed_at, seal, box, boxed_at, count, conflict, "
        + "priority, reject_reason, holder, alert, updated_at";

    const string BoxColumns = "id, code, state, capacity, opened_at, opened_by, closed_at, seal, sent_at, sent_by, received_at, lab, courier, holder, conflict, closed_twice";

    public static List<TubeRow> Tubes(Session session, string owner, IReadOnlyCollection<Guid> ids) => session.Each<TubeRow>(
        $"SELECT {TubeColumns} FROM tube WHERE owner = @owner AND id = @key", ids, new { owner });

    public static List<TubeRow> TubesByCode(Session session, string owner, IReadOnlyCollection<string> codes) => session.Each<TubeRow>(
        $"SELECT {TubeColumns} FROM tube WHERE code = @key AND owner = @owner", codes, new { owner });

    public static List<TubeRow> TubesInBoxes(Session session, string owner, IReadOnlyCollection<Guid> boxes) => boxes.Count == 0 ? [] : session.Query<TubeRow>(
        $"SELECT {TubeColumns} FROM tube WHERE box {session.InIds("boxes")} AND owner = @owner", new { owner, boxes = session.Keys(boxes) });

    /// <summary>The device's tubes from the one before to the one after.</summary>
    public static List<TubeRow> TubesAround(Session session, string owner, Guid device, long from, long to) => session.Query<TubeRow>($"""
        SELECT {TubeColumns} FROM tube WHERE opened_by = @device AND owner = @owner
          AND opened_at >= coalesce((SELECT max(opened_at) FROM tube WHERE opened_by = @device AND opened_at < @from), @from)
          AND opened_at <= coalesce((SELECT min(opened_at) FROM tube WHERE opened_by = @device AND opened_at > @to), @to)
        """, new { owner, device, from, to });

    public static void Claims(Session session, Desk desk)
    {
        foreach (var e in session.Each<EventRow>(
            "SELECT tube, at, id, from_state, to_state, fact, actor, note FROM tube_event WHERE owner = @Owner AND tube = @key", desk.Tubes.Keys, new { desk.Owner }))
        {
            // What the server did itself has no fact; what follows from the box is computed again.
            if (e.Note is null || e.Fact is not { } fact)
                continue;
            var note = ClaimNote.FromJson(e.Note);
            desk.Tubes[e.Tube].KeptEvents[fact] = (e.FromState, e.ToState);
            if (note.Op != ClaimNote.Sent)
                desk.Tubes[e.Tube].Claims.Add(new TubeClaim(fact, e.At, e.Actor, note));
        }
    }

    public static void Registrations(Session session, Desk desk)
    {
        foreach (var r in session.Each<RegistrationRow>("""
            SELECT id, round, person, person_owner, tube, position, occurred_at, corrected_at AS at, specimen, session, device, id_method, scope_version,
              supplement, duplicate, state, void_reason, area FROM registration WHERE tube = @key AND owner = @Owner
            """, desk.Tubes.Keys, new { desk.Owner }))
        {
            desk.Tubes[r.Tube].Registrations.Add(r.Id, r);
            desk.Tubes[r.Tube].KeptRegistrations.Add(r.Id, r);
        }
    }

    public static List<BoxRow> Boxes(Session session, string owner, IReadOnlyCollection<Guid> ids) => session.Query<BoxRow>(
        $"SELECT {BoxColumns} FROM box WHERE owner = @owner AND id {session.InIds("ids")}", new { owner, ids = session.Keys(ids) });

    /// <summary>Boxes with these codes that no laboratory has yet.</summary>
    public static List<BoxRow> BoxesByCode(Session session, string owner, IReadOnlyCollection<string> codes) => codes.Count == 0 ? [] : session.Query<BoxRow>(
        $"SELECT {BoxColumns} FROM box WHERE code {session.In("codes")} AND owner = @owner AND received_at IS NULL", new { owner, codes = session.Keys(codes) });

    public static void Custody(Session session, Desk desk)
    {
        foreach (var c in session.Query<CustodyLine>($"""
            SELECT subject_id, seq, from_holder, to_holder, at, from_signature, to_signature, fact FROM custody
            WHERE owner = @Owner AND subject_kind = 'box' AND subject_id {session.InIds("ids")} ORDER BY subject_id, seq
            """, new { desk.Owner, ids = session.Keys(desk.Boxes.Keys) }))
            desk.Boxes[c.SubjectId].Custody.Add(new CustodyRow
            {
                Seq = c.Seq,
                FromHolder = c.FromHolder,
                ToHolder = c.ToHolder,
                At = c.At,
                FromSignature = c.FromSignature,
                ToSignature = c.ToSignature,
                Fact = c.Fact ?? default,
            });
    }

    public static List<SessionRow> Sessions(Session session, string owner, IReadOnlyCollection<Guid> ids) => session.Query<SessionRow>($"""
        SELECT id, point, round, desk, collector, registrar, device, open_at, close_at, 1 AS kept FROM sampling_session
        WHERE owner = @owner AND id {session.InIds("ids")}
        """, new { owner, ids = session.Keys(ids) });

    public static List<KeptSample> Samples(Session session, Guid round, IReadOnlyCollection<Guid> persons) => session.Each<KeptSampleRow>(
        "SELECT owner, id, round, person, tube, state, duplicate, area FROM registration WHERE round = @round AND person = @key", persons, new { round })
        .ConvertAll(r => new KeptSample(r.Owner, r.Id, r.Round, r.Person, r.Tube, r.State, r.Duplicate, r.Area));

    sealed class EventRow
    {
        public Guid Tube { get; init; }

        public long At { get; init; }

        public TubeState FromState { get; init; }

        public TubeState ToState { get; init; }

        public Guid? Fact { get; init; }

        public string Actor { get; init; } = "";

        public string? Note { get; init; }
    }

    sealed class CustodyLine
    {
        public Guid SubjectId { get; init; }

        public long Seq { get; init; }

        public string FromHolder { get; init; } = "";

        public string ToHolder { get; init; } = "";

        public long At { get; init; }

        public string? FromSignature { get; init; }

        public string? ToSignature { get; init; }

        public Guid? Fact { get; init; }
    }

    sealed class KeptSampleRow
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public Guid Round { get; init; }

        public Guid Person { get; init; }

        public Guid Tube { get; init; }

        public RegistrationState State { get; init; }

        public bool Duplicate { get; init; }

        public string Area { get; init; } = "";
    }
}
