using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Explains rounds: what was ordered, under which protocol, and how its scope changed. A round stands on nothing but the order.</summary>
sealed class RoundTrail : ITrailSource
{
    public IReadOnlyList<string> Kinds { get; } = ["round"];

    public TrailNode? Explain(Session session, Ref subject)
    {
        if (!Guid.TryParse(subject.Id, out var id))
            return null;
        var rounds = session.Query<Round>("SELECT * FROM round WHERE id = @id AND owner IN (SELECT DISTINCT owner FROM round) ORDER BY owner", new { id });
        if (rounds.Count == 0)
            return null;
        var first = rounds[0];
        var facts = new List<(string, string)>
        {
            ("protocol", first.Protocol),
            ("window", $"{Time(first.WindowStart)} to {Time(first.WindowEnd)}"),
            ("due", Time(first.DueAt)),
        };
        foreach (var round in rounds)
        {
            facts.Add(($"state in {round.Owner}", round.State + (round.ClosedAt is { } cut ? ", cut-off " + Time(cut) : "")));
            facts.AddRange(session.Query<Version>(
                "SELECT version AS number, scope, at, actor, reason FROM round_scope WHERE owner = @Owner AND round = @id ORDER BY version", new { round.Owner, id })
                .Select(v => ($"scope {v.Number} in {round.Owner}", $"{v.Scope} by {v.Actor} at {Time(v.At)}{(v.Reason.Length > 0 ? ": " + v.Reason : "")}")));
        }
        return new TrailNode(subject, $"round {first.No}, {first.Disease}", facts, []);
    }

    static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    sealed class Version
    {
        public int Number { get; init; }

        public string Scope { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public string Reason { get; init; } = "";
    }
}
