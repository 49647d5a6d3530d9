using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>What one unit of proposals changed.</summary>
sealed record Written(int New, int Updated, int Extended, int Flagged);

/// <summary>
/// Writes proposals set-wise: new rows with their duties to decide, better evidence on what waits, longer exposures on what runs. What a person
/// decided stays decided.
/// </summary>
sealed class ProposalWriter(ProtocolBook book, LocalDays days, ContactWork work, TracingSettings settings)
{
    public Written Write(WriteSession session, IndexCase index, ExposureWindow window, IReadOnlyList<Proposal> proposals, ProposalReport? begins)
    {
        var contacts = ContactsMoved.Of(session, index.Id, proposals.SelectMany(p => p.Via is { } via ? new[] { p.Person, via } : [p.Person]));
        var ids = proposals.Select(p => contacts.Id(p.Person, p.Ring)).ToList();
        var there = ContactRows.ByIds(session, ids).ToDictionary(r => r.Id);
        var persons = PersonDirectory.ByIds(session, [.. proposals.Select(p => p.Person)]);
        var protocol = index.Ruling(book, days, session.Now) is { Ok: true } ruling && ruling.Value.Contact is { Ok: true } rule ? rule.Value.Version.ToString() : "";
        var (fresh, better, longer) = (new List<ContactRow>(proposals.Count), new List<ContactRow>(), new List<(ContactRow From, ContactRow To)>());
        for (var i = 0; i < proposals.Count; i++)
        {
            var proposal = proposals[i];
            if (!persons.TryGetValue(proposal.Person, out var person) || person.MergedInto is not null)
                continue;
            if (!there.TryGetValue(ids[i], out var row))
                fresh.Add(New(index, proposal, person, ids[i], contacts, protocol, session.Now));
            else if (row.State == ContactState.Proposed && Better(row, proposal, contacts) is { } changed)
                better.Add(changed);
            else if (row.Active && Recorded(index, proposal) is { } last && last > row.LastExposure)
                longer.Add((row, row with { LastExposure = last, Flag = "longer_exposure", Evidence = TracingJson.Write(proposal.Evidence), Seconds = proposal.Seconds }));
            else if (row.State == ContactState.Rejected && proposal.Seconds > row.Seconds)
                better.Add(row with { Flag = "more_evidence" });
        }
        session.Insert(ContactRow.Rows, fresh);
        session.Update(ContactRow.Rows, better);
        work.Extend(session, longer, index.Ref.ToString());
        ContactDuties.OpenDecisions(session, book, days, index, fresh, settings.ControlHours);
        var flagged = begins is null ? 0 : Flag(session, index, window);
        if (begins is not null)
            session.Trail(index.Owner, "propose_contacts", index.Ref, protocol: protocol, detail: new { begins.Window, begins.Ring1, begins.Ring2, flagged });
        return new Written(fresh.Count, better.Count, longer.Count, flagged);
    }

    static ContactRow New(IndexCase index, Proposal proposal, PersonRef person, Guid id, ContactsMoved contacts, string protocol, DateTimeOffset now) => new()
    {
        Owner = index.Owner,
        Id = id,
        Person = person.Id,
        PersonOwner = person.Owner,
        Area = Custodies.Where(person, index.Owner),
        IndexCase = index.Id,
        IndexOwner = index.Owner,
        IndexContact = proposal.Via is { } via ? contacts.Id(via, 1) : null,
        Ring = proposal.Ring,
        Kind = proposal.Kind,
        Situation = proposal.Situation,
        FirstExposure = proposal.First,
        LastExposure = proposal.Last,
        Sources = proposal.Sources,
        Evidence = TracingJson.Write(proposal.Evidence),
        Seconds = proposal.Seconds,
        Rating = proposal.Rating,
        Protocol = protocol,
        ProposedAt = now,
    };

    static ContactRow? Better(ContactRow row, Proposal proposal, ContactsMoved contacts)
    {
        // What somebody stated by hand is not forgotten when the program looks again.
        var stated = row.Sources.Contains("statement", StringComparison.Ordinal) ? row.ReadEvidence().Facts.Where(f => f.Source == "statement").ToList() : [];
        var evidence = stated.Count == 0 ? proposal.Evidence : proposal.Evidence with { Facts = [.. proposal.Evidence.Facts, .. stated] };
        var changed = row with
        {
            IndexContact = proposal.Via is { } via ? contacts.Id(via, 1) : null,
            Kind = stated.Count == 0 ? proposal.Kind : row.Kind,
            Situation = stated.Count == 0 ? proposal.Situation : row.Situation,
            FirstExposure = stated.Count == 0 || proposal.First < row.FirstExposure ? proposal.First : row.FirstExposure,
            LastExposure = stated.Count == 0 || proposal.Last > row.LastExposure ? proposal.Last : row.LastExposure,
            Sources = stated.Count == 0 ? proposal.Sources : proposal.Sources + ",statement",
            Evidence = TracingJson.Write(evidence),
            Seconds = proposal.Seconds,
            Rating = stated.Count == 0 ? proposal.Rating : Math.Max(row.Rating, proposal.Rating),
            Flag = null,
        };
        return changed == row ? null : changed;
    }

    /// <summary>
    /// The end of the last exposure that something recorded: a scan, or the isolation that ended living together. What goes on unclocked
    /// extends nothing by itself.
    /// </summary>
    static DateTimeOffset? Recorded(IndexCase index, Proposal proposal) => index.IsolatedAt is not null && proposal.Ring == 1 ? proposal.Last
        : proposal.Evidence.Meetings.Count == 0 ? null
        : DateTimeOffset.FromUnixTimeSeconds(proposal.Evidence.Meetings.Max(m => m.Until));

    /// <summary>INV-27: an exposure outside the window now is flagged and never dropped by the program; one inside again is flagged no more.</summary>
    static int Flag(WriteSession session, IndexCase index, ExposureWindow window)
    {
        session.Execute($"""
            UPDATE contact SET flag = NULL, version = version + 1
            WHERE index_case = @Id AND flag = 'outside_window' AND first_exposure < @To AND last_exposure >= @From
            """, new { index.Id, window.From, window.To });
        return session.Execute($"""
            UPDATE contact SET flag = 'outside_window', version = version + 1
            WHERE index_case = @Id AND state IN (1, {ContactStates.ActiveNumbers}) AND flag IS NULL AND ring = 1
              AND (first_exposure >= @To OR last_exposure < @From) AND sources NOT LIKE '%statement%'
            """, new { index.Id, window.From, window.To });
    }
}
