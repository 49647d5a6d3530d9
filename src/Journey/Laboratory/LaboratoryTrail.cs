using System.Globalization;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Runs, results, alerts and their members in the chain of facts.</summary>
sealed class LaboratoryTrail : ITrailSource
{
    public IReadOnlyList<string> Kinds { get; } = ["run", "result", "review", "pool_alert", "alert_member"];

    public TrailNode? Explain(Session session, Ref subject) => subject.Kind switch
    {
        "run" or "review" => Guid.TryParseExact(subject.Id, "N", out var run) && RunStore.ById(session, run) is { } row ? OfRun(subject, row) : null,
        "result" => Guid.TryParseExact(subject.Id, "N", out var result)
            && session.One<ResultRow>("SELECT * FROM result WHERE id = @result", new { result }) is { } found ? OfResult(subject, found) : null,
        "pool_alert" => Guid.TryParseExact(subject.Id, "N", out var alert) && AlertCase.Load(session, alert) is { } one ? OfAlert(subject, one) : null,
        "alert_member" => OfMember(session, subject),
        _ => null,
    };

    static TrailNode OfRun(Ref subject, RunRow run) => new(subject, $"run of plate {run.Plate} {Words.Snake(run.State.ToString())}",
        Facts(
            ("assay", string.Create(CultureInfo.InvariantCulture, $"{run.Assay}@{run.AssayVersion}")), ("instrument", run.Instrument), ("file", run.FileHash),
            ("amplified at", Time(run.AmplifiedAt)), ("loaded at", Time(run.LoadedAt)), ("loaded by", run.LoadedBy), ("controls", run.ControlNote),
            ("reviewed by", run.Reviewed1By), ("and by", run.Reviewed2By), ("released at", Time(run.ReleasedAt)), ("released by", run.ReleasedBy),
            ("integrity", run.Integrity)),
        [new Ref("laboratory", run.Lab)]);

    static TrailNode OfResult(Ref subject, ResultRow result) => new(subject,
        $"result {result.Call.Name()} version {result.Version} {Words.Snake(result.State.ToString())}",
        Facts(("ct", result.Ct), ("reported at", Time(result.ReportedAt)), ("released at", Time(result.ReleasedAt)), ("alarm", result.Alarm), ("reason", result.Reason)),
        [.. new[] { (Ref?)new Ref("run", result.Run), new Ref("tube", result.Tube), result.Supersedes is { } old ? new Ref("result", old) : null }
            .OfType<Ref>()]);

    static TrailNode OfAlert(Ref subject, AlertCase found)
    {
        var alert = found.Alert;
        return new TrailNode(subject, $"alert {Words.Snake(alert.State.ToString())} with {found.Members.Count} members",
            Facts(
                ("raised at", Time(alert.RaisedAt)), ("raised by", alert.RaisedBy), ("protocol", alert.Protocol), ("acknowledged at", Time(alert.AckAt)),
                ("acknowledge by", Time(alert.AckDue)), ("held at", Time(alert.HeldAt)), ("hold by", Time(alert.HoldDue)),
                ("sampled again at", Time(alert.ResampledAt)), ("sample again by", Time(alert.ResampleDue)), ("decided at", Time(alert.DecidedAt)),
                ("decide by", Time(alert.DecideDue)), ("closed at", Time(alert.ClosedAt)), ("reason", alert.Reason)),
            [alert.Result is { } result ? new Ref("result", result) : new Ref("tube", alert.Tube)]);
    }

    static TrailNode? OfMember(Session session, Ref subject)
    {
        var parts = subject.Id.Split('.');
        if (parts.Length < 2 || !Guid.TryParseExact(parts[0], "N", out var alert) || !Guid.TryParseExact(parts[1], "N", out var person))
            return null;
        var found = AlertCase.Load(session, alert);
        var member = found?.Members.FirstOrDefault(m => m.Person == person);
        if (member is null)
            return null;
        var under = new List<Ref> { new("pool_alert", alert) };
        if (member.Registration is { } registration)
            under.Add(new Ref("registration", registration));
        under.AddRange(new[] { member.ResampleTube, member.Resample2Tube }.OfType<Guid>().Select(t => new Ref("tube", t)));
        return new TrailNode(subject, $"member of an alert: {Words.Snake(member.Outcome.ToString())}",
            Facts(
                ("person", $"person/{person:N}"), ("county", member.PresentOwner), ("where", Words.Snake(member.PresentKind.ToString())),
                ("held at", Time(member.HeldAt)), ("held by", member.HeldBy), ("sampled again at", Time(member.ResampleAt)),
                ("and at", Time(member.Resample2At)), ("decided at", Time(member.OutcomeAt)), ("decided by", member.OutcomeBy)),
            under);
    }

    static List<(string, string)> Facts(params (string Name, string? Value)[] facts) =>
        [.. facts.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => (f.Name, f.Value!))];

    static string? Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
