using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Cases, their changes, investigations, stays and links in the chain of facts.</summary>
sealed class CasesTrail : ITrailSource
{
    public IReadOnlyList<string> Kinds { get; } = ["case", "case_change", "investigation", "itinerary_item", "link"];

    public TrailNode? Explain(Session session, Ref subject) => subject.Kind switch
    {
        "case" => CaseBook.Find(session, subject.Id) is { } row ? Guid.TryParse(subject.Id, out _) ? OfCase(session, subject, row) : OfNumber(subject, row) : null,
        "case_change" => OfChange(session, subject),
        "investigation" => One<InvestigationRow>(session, subject, "investigation") is { } found ? OfInvestigation(subject, found) : null,
        "itinerary_item" => One<ItineraryRow>(session, subject, "itinerary_item") is { } item ? OfItem(subject, item) : null,
        "link" => One<LinkRow>(session, subject, "transmission_link") is { } link ? OfLink(subject, link) : null,
        _ => null,
    };

    static TrailNode OfInvestigation(Ref subject, InvestigationRow found) => new(subject, $"investigation {Words.Of(found.State)}",
        Facts(
            ("assigned at", Time(found.AssignedAt)), ("core done at", Time(found.CoreAt)), ("all done at", Time(found.FullAt)),
            ("reviewed at", Time(found.ReviewedAt)), ("reviewed by", found.ReviewedBy)),
        [new Ref("case", found.CaseId)]);

    static TrailNode OfItem(Ref subject, ItineraryRow item) => new(subject, $"stay {Words.Of(item.State)}",
        Facts(("known from", Words.Of(item.Source)), ("written at", Time(item.At)), ("written by", item.Actor), ("reason", item.Reason)),
        item.Replaces is { } old ? [new Ref("case", item.CaseId), new Ref("itinerary_item", old)] : [new Ref("case", item.CaseId)]);

    static TrailNode OfLink(Ref subject, LinkRow link) => new(subject, $"transmission link {Words.Of(link.Confidence)}, {Words.Of(link.State)}",
        Facts(
            ("situation", link.Situation), ("basis", link.Basis), ("drawn at", Time(link.At)), ("drawn by", link.Actor), ("reason", link.Reason)),
        [new Ref("case", link.FromCase), new Ref("case", link.ToCase)]);

    /// <summary>A person knows the number; the acts stand under the id.</summary>
    static TrailNode OfNumber(Ref subject, CaseRow row) => new(subject, "the number of a case", [], [row.Ref]);

    static TrailNode OfCase(Session session, Ref subject, CaseRow row)
    {
        var facts = Facts(
            ("disease", row.Disease), ("county", row.Owner), ("person", $"person/{row.Person:N}"), ("first positive sample", Time(row.FirstPositiveAt)),
            ("found at", Time(row.FoundAt)), ("reported at", Time(row.ReportAt)), ("reported by", row.ReportedBy), ("reviewed at", Time(row.ReviewedAt)),
            ("reviewed by", row.ReviewedBy), ("isolated at", Time(row.IsolatedAt)), ("investigation", Words.Of(row.Investigation)),
            ("contacts asked for at", Time(row.ContactsAskedAt)), ("source", Words.Of(row.SourceState)), ("to look at", row.Flags), ("protocol", row.Protocol));
        facts.AddRange(CaseHistory.Of(session, row.Owner, row.Id).Where(c => c is { OldValue: not null, Field: "class" or "onset_region" or "severity" })
            .Select(c => ($"{c.Field} {c.OldValue} to {c.NewValue}", $"{Time(c.At)} by {c.Actor}{(c.Reason is { } why ? $": {why}" : "")}")));
        return new TrailNode(subject, $"case {row.No} {Words.Of(row.Class)}", facts, [new Ref(row.OpenedByKind, row.OpenedById)]);
    }

    static TrailNode? OfChange(Session session, Ref subject)
    {
        var parts = subject.Id.Split('.');
        if (parts.Length != 2 || !Guid.TryParseExact(parts[0], "N", out var id)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            return null;
        var change = session.One<CaseChangeRow>("""
            SELECT h.* FROM case_record c JOIN case_change h ON h.owner = c.owner AND h.case_id = c.id WHERE c.id = @id AND h.seq = @seq
            """, new { id, seq });
        return change is null ? null : new TrailNode(subject, $"change of {change.Field}",
            Facts(("at", Time(change.At)), ("by", change.Actor), ("reason", change.Reason)), [new Ref("case", id)]);
    }

    static T? One<T>(Session session, Ref subject, string table)
        where T : class => Guid.TryParseExact(subject.Id, "N", out var id) ? session.One<T>($"SELECT * FROM {table} WHERE id = @id", new { id }) : null;

    static List<(string, string)> Facts(params (string Name, string? Value)[] facts) =>
        [.. facts.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => (f.Name, f.Value!))];

    static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
