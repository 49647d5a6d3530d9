using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Explains registrations, tubes, boxes, discrepancies and antigen tests: a registration stands on its fact and its tube, a tube on
/// the facts that opened, sealed and boxed it, a discrepancy on its subject.
/// </summary>
sealed class SamplingTrail : ITrailSource
{
    /// <summary>A reference does not say the county: look in each that has devices, by its key.</summary>
    const string Anywhere = "id = @id AND owner IN (SELECT DISTINCT owner FROM device)";

    public IReadOnlyList<string> Kinds { get; } = ["registration", "tube", "box", "discrepancy", "antigen", "explanation"];

    public TrailNode? Explain(Session session, Ref subject)
    {
        if (subject.Kind == "explanation")
            return OfExplanation(subject);
        if (!Guid.TryParse(subject.Id, out var id))
            return null;
        return subject.Kind switch
        {
            "registration" => OfRegistration(session, subject, id),
            "tube" => OfTube(session, subject, id),
            "box" => OfBox(session, subject, id),
            "discrepancy" => OfDiscrepancy(session, subject, id),
            "antigen" => OfAntigen(session, subject, id),
            _ => null,
        };
    }

    static TrailNode? OfRegistration(Session session, Ref subject, Guid id)
    {
        if (session.One<Registration>($"""
            SELECT r.* FROM (SELECT owner, id, subject FROM fact WHERE {Anywhere}) f JOIN registration r ON r.owner = f.owner AND r.tube = f.subject AND r.id = f.id
            """, new { id }) is not { } r)
            return null;
        return new TrailNode(subject, $"sample of person {r.Person.Value:N}, place {r.Position} of its tube",
        [
            ("state", r.State + (r.VoidReason is null ? "" : ": " + r.VoidReason)),
            ("taken", Time(r.CorrectedAt)),
            ("specimen", r.Specimen.ToString()),
            ("identified by", r.IdMethod.ToString()),
            ("result", r.ResultState.ToString()),
            ("scope version", r.ScopeVersion.ToString(CultureInfo.InvariantCulture)),
            ("supplement", r.Supplement ? "yes" : "no"),
            ("also in another tube", r.Duplicate ? "yes" : "no"),
        ], [new Ref("tube", r.Tube.Value), new Ref("fact", id)]);
    }

    static TrailNode? OfTube(Session session, Ref subject, Guid id)
    {
        if (session.One<Tube>($"SELECT * FROM tube WHERE {Anywhere}", new { id }) is not { } tube)
            return null;
        var events = session.Query<TubeLine>("SELECT at, from_state, to_state, fact, actor FROM tube_event WHERE owner = @Owner AND tube = @id ORDER BY at, id",
            new { tube.Owner, id });
        var facts = new List<(string, string)>
        {
            ("state", $"{tube.State} since {Time(tube.UpdatedAt)}{(tube.Conflict ? ", code in conflict" : "")}"),
            ("persons", $"{tube.Count} of {tube.Capacity}"),
            ("holder", tube.Holder),
        };
        facts.AddRange(events.Select(e => ($"{e.FromState} to {e.ToState}", $"{Time(e.At)} by {e.Actor}")));
        var under = events.Where(e => e.Fact is not null).Select(e => new Ref("fact", e.Fact!.Value)).Distinct().ToList();
        if (tube.Box is { } box)
            under.Insert(0, new Ref("box", box.Value));
        return new TrailNode(subject, $"tube {tube.Code}, {tube.Kind}", facts, under);
    }

    static TrailNode? OfBox(Session session, Ref subject, Guid id)
    {
        if (session.One<Box>($"SELECT * FROM box WHERE {Anywhere}", new { id }) is not { } box)
            return null;
        var steps = Custody.Of(session, box.Owner, id);
        var facts = new List<(string, string)> { ("state", box.State.ToString()), ("holder", box.Holder) };
        facts.AddRange(steps.Select(s => ($"hand-over {s.Seq}", $"{Time(s.At)} {s.FromHolder} to {s.ToHolder}{(s.Complete ? "" : ", one signature missing")}")));
        return new TrailNode(subject, $"box {box.Code}", facts,
            [.. steps.Where(s => s.Fact is not null).Select(s => new Ref("fact", s.Fact!.Value)).Append(new Ref("fact", id))]);
    }

    static TrailNode? OfDiscrepancy(Session session, Ref subject, Guid id)
    {
        if (session.One<Discrepancy>($"SELECT * FROM discrepancy WHERE {Anywhere}", new { id }) is not { } d)
            return null;
        return new TrailNode(subject, $"discrepancy {d.Kind}",
        [
            ("found", Time(d.FoundAt)),
            ("detail", d.Detail),
            ("state", d.Closed ? $"closed {Time(d.ClosedAt!.Value)} by {d.ClosedBy}: {d.Resolution}" : "open"),
        ], [new Ref(d.SubjectKind, d.SubjectId)]);
    }

    static TrailNode? OfAntigen(Session session, Ref subject, Guid id)
    {
        if (session.One<AntigenLine>($"SELECT person, corrected_at, result, self FROM antigen WHERE {Anywhere}", new { id }) is not { } a)
            return null;
        return new TrailNode(subject, $"antigen test of person {a.Person:N}",
            [("result", a.Result.ToString()), ("read", Time(a.CorrectedAt)), ("read by", a.Self ? "the person" : "staff")], [new Ref("fact", id)]);
    }

    /// <summary>Which later batch explained which discrepancy; both stand in the id.</summary>
    static TrailNode? OfExplanation(Ref subject) => subject.Id.Split('.') is [var discrepancy, var submission]
        ? new TrailNode(subject, "later facts explained it", [("discrepancy", discrepancy)], [new Ref("submission", submission)]) : null;

    static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    sealed class TubeLine
    {
        public DateTimeOffset At { get; init; }

        public TubeState FromState { get; init; }

        public TubeState ToState { get; init; }

        public Guid? Fact { get; init; }

        public string Actor { get; init; } = "";
    }

    sealed class AntigenLine
    {
        public Guid Person { get; init; }

        public DateTimeOffset CorrectedAt { get; init; }

        public AntigenResult Result { get; init; }

        public bool Self { get; init; }
    }
}
