using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Persons, units, staff and imports in the chain of facts: by ids, counties and times, never by name.</summary>
sealed class RegistersTrail : ITrailSource
{
    public IReadOnlyList<string> Kinds { get; } = ["person", "unit", "staff", "import", "place", "merge", "one_person", "duplicate_pair"];

    public TrailNode? Explain(Session session, Ref subject)
    {
        if (subject.Kind == "place")
            return PlaceTree.ByCodes(session, [subject.Id]).Values.FirstOrDefault() is { } place
                ? new TrailNode(subject, $"place {place.Name}", [("level", place.Level.ToString()), ("official", place.Official == 1 ? "yes" : "no")],
                    place.Parent is { } above ? [new Ref("place", above)] : [])
                : null;
        if (subject.Kind == "duplicate_pair")
            return Pair(session, subject);
        if (!Guid.TryParseExact(subject.Id, "N", out var id))
            return null;
        return subject.Kind switch
        {
            "person" => Person(session, subject, id),
            "unit" => UnitDirectory.Find(session, id) is { } unit
                ? new TrailNode(subject, $"{unit.Kind} unit of {(unit.Territory.Length == 0 ? "the deployment" : unit.Territory)}", [("state", unit.State.ToString())],
                    unit.Parent is { } parent ? [new Ref("unit", parent)] : [])
                : null,
            "staff" => StaffRow.ById(session, id) is { } staff
                ? new TrailNode(subject, "staff account", [("county", staff.Owner), ("state", staff.State.ToString()), ("since", Time(staff.CreatedAt))],
                    [new Ref("unit", staff.Unit)])
                : null,
            "import" => Import(session, subject, id),
            // As the evidence that a pair needs no decision any more, a merge is called what it shows.
            "merge" or "one_person" => Merge(session, subject, id),
            _ => null,
        };
    }

    static TrailNode? Person(Session session, Ref subject, Guid id)
    {
        if (session.One<PersonRow>("SELECT * FROM person WHERE id = @id", new { id }) is not { } person)
            return null;
        var facts = new List<(string, string)>
        {
            ("county", person.Owner),
            ("identity", person.Confidence.ToString().ToLowerInvariant()),
            ("version", person.Version.ToString(CultureInfo.InvariantCulture)),
            ("registered at", Time(person.CreatedAt)),
            ("registered by", person.Source.Split(':')[0]),
            ("now", $"{person.PresentKind}, county {person.PresentOwner}, since {Time(person.PresentSince)}"),
        };
        facts.AddRange(TrailRow.Of(session, subject).Select(line => (line.Action, $"{Time(line.At)} by {line.Actor}")));
        var under = new List<Ref>();
        if (person.MergedInto is { } survivor)
            under.Add(new Ref("person", survivor));
        if (person.Source.Split(':') is ["import", var job])
            under.Add(new Ref("import", job));
        return new TrailNode(subject, person.MergedInto is null ? "person" : "person, the same as another", facts, under);
    }

    static TrailNode? Pair(Session session, Ref subject) => subject.Id.Split('.') is [var first, var second]
        && Guid.TryParseExact(first, "N", out var a) && Guid.TryParseExact(second, "N", out var b)
        && session.Query<PairRow>("SELECT * FROM duplicate_pair WHERE person_a = @a AND person_b = @b ORDER BY owner LIMIT 1", new { a, b }) is [var pair]
        ? new TrailNode(subject, "two rows that may be one person",
            [
                ("state", pair.State.ToString()), ("because", pair.Reasons), ("found", Time(pair.FoundAt)),
                .. pair.DecidedAt is { } at ? [("decided", $"{Time(at)} by {pair.DecidedBy}")] : Array.Empty<(string, string)>(),
            ], [new Ref("person", a), new Ref("person", b)])
        : null;

    static TrailNode? Merge(Session session, Ref subject, Guid id) => session.One<MergeRow>("SELECT * FROM person_merge WHERE id = @id", new { id }) is { } merge
        ? new TrailNode(subject, "two rows that are one person",
            [
                ("state", merge.State.ToString()), ("because", merge.Reasons), ("rows changed", $"{merge.Changes}"), ("by", merge.Actor), ("at", Time(merge.At)),
                ("taken apart", merge.UndoneAt is { } at ? $"{Time(at)} by {merge.UndoneBy}" : "no"),
            ], [new Ref("person", merge.Loser), new Ref("person", merge.Survivor)])
        : null;

    static TrailNode? Import(Session session, Ref subject, Guid id) =>
        session.One<ImportJobRow>("SELECT *, rows AS row_count FROM import_job WHERE owner = '000000' AND id = @id", new { id }) is { } job
            ? new TrailNode(subject, $"import of {job.Kind}, {job.State.ToString().ToLowerInvariant()}",
                [
                    ("sha256", job.FileHash), ("rows", $"{job.RowCount}"), ("accepted", $"{job.Accepted}"), ("had", $"{job.Had}"), ("refused", $"{job.Refused}"),
                    ("pairs parked", $"{job.Parked}"), ("by", job.Actor), ("started at", Time(job.StartedAt)),
                ], [])
            : null;

    static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
