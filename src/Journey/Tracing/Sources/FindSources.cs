using Qipan.Cases;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Looks for whom a case may have it from 源头排查: other cases of the disease with whom it was at one place at one time, while it may have been infected
/// and while they may have infected. Safe for all threads.
/// </summary>
public sealed class FindSources
{
    readonly ProtocolBook book;
    readonly LocalDays days;
    readonly PresenceDoor presence;
    readonly TracingSettings settings;
    readonly VenueKinds kinds;
    readonly TimeProvider clock;

    internal FindSources(ProtocolBook book, LocalDays days, PresenceDoor presence, TracingSettings settings, VenueKinds kinds, TimeProvider clock) =>
        (this.book, this.days, this.presence, this.settings, this.kinds, this.clock) = (book, days, presence, settings, kinds, clock);

    /// <summary>
    /// The candidates that the caller may see. Looked for as far back as a contact of the disease is followed up, because so long may it take to fall
    /// ill. Refused: a case that is unknown or not the caller's, a disease whose protocol has no rule for contacts.
    /// </summary>
    public Outcome<SourceCandidates> Of(Session session, Caller caller, Guid id)
    {
        if (IndexCase.Of(session, id) is not { } index || !CaseRights.MaySee(caller, index.Row))
            return new CaseUnknownHere();
        var now = clock.GetUtcNow();
        var ruling = index.Ruling(book, days, now);
        if (!ruling.Ok)
            return ruling.Refusal;
        var contact = ruling.Value.Contact;
        if (!contact.Ok)
            return contact.Refusal;
        if (PersonDirectory.Current(session, [index.Person]).GetValueOrDefault(index.Person) is not { } person)
            return new PersonNotFound();
        var back = ruling.Value.Followup is { Ok: true } followup ? followup.Value : null;
        var window = Window(index, back?.Rule.Days ?? settings.SourceDays, now);
        var asked = new SourceAsked(session, person, index, window, contact.Value.Rule, ruling.Value, presence.Open, kinds);
        var met = asked.Met().Where(m => m.Person != person.Id).ToList();
        var others = Others(session, caller, index, [.. met.Select(m => m.Person).Distinct()]);
        var tracing = ruling.Value.Tracing is { Ok: true } weights ? weights.Value : null;
        var merge = new CandidateMerge(new KindDecision(contact.Value.Rule, ruling.Value.Situations is { Ok: true } named ? named.Value.Rule : null, tracing?.Rule),
            tracing?.Rule, tracing?.Version.ToString(), Said(window));
        var decided = asked.Decided;
        var found = merge.Of([.. met.Where(m => others.TryGetValue(m.Person, out var other)
                && ExposureWindow.Of(contact.Value.Rule, days, other.Times, now).Touches(m.First, m.Last))], person.Id)
            .ConvertAll(p => One(p, others[p.Person], window.On, decided.Contains(others[p.Person].Id)));
        return new SourceCandidates(index.Id, index.No, days.DateOf(window.From), window.On, window.Anchor, back?.Version.ToString() ?? "",
            presence.Open is not null && contact.Value.Rule.Copresence is not null,
            [.. found.OrderBy(c => c.DaysBefore <= 0).ThenByDescending(c => c.Rating).ThenByDescending(c => c.Confidence).ThenBy(c => c.No, StringComparer.Ordinal)]);
    }

    ExposureWindow Window(IndexCase index, int back, DateTimeOffset now)
    {
        var (on, anchor) = Day(index);
        var to = days.EndOf(on);
        return new ExposureWindow(days.StartOf(on.AddDays(-back)), to < now ? to : now, anchor, on);
    }

    /// <summary>The cases of these persons that the caller may see, by the person who stands.</summary>
    static Dictionary<Guid, IndexCase> Others(Session session, Caller caller, IndexCase index, IReadOnlyCollection<Guid> persons)
    {
        return IndexCase.OfPersons(session, persons)
            .Where(c => c.Id != index.Id && c.Disease.Equals(index.Disease, StringComparison.OrdinalIgnoreCase) && CaseRights.MaySee(caller, c.Row))
            .GroupBy(c => c.Person).ToDictionary(g => g.Key, g => g.First());
    }

    SourceCandidate One(Proposal proposal, IndexCase other, DateOnly on, bool decided)
    {
        var day = Day(other).On;
        return new SourceCandidate(other.Id, other.No, other.Row.Class, day, on.DayNumber - day.DayNumber, proposal.Situation, proposal.First, proposal.Last,
            proposal.Sources, proposal.Rating, proposal.Evidence)
        {
            Confidence = decided ? LinkConfidence.Probable : LinkConfidence.Suspected,
        };
    }

    (DateOnly On, string Anchor) Day(IndexCase one) => one.Row.Onset is { } onset ? (onset, "onset_date")
        : one.Row.FirstPositiveAt is { } sample ? (days.DateOf(sample), "first_positive_sample_time") : (days.DateOf(one.Row.FoundAt), "found");

    string Said(ExposureWindow window) => $"{window.Anchor} {window.On:yyyy-MM-dd}: {days.DateOf(window.From):yyyy-MM-dd} – {days.DateOf(window.To):yyyy-MM-dd}";
}
