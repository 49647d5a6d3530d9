using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Proposes the contacts of a case 密接排查: from visits, households, rooms, lists and vehicles; of a tube queue only when it is asked for
/// (INV-09). Doing it again finds the same, and adds what is new.
/// </summary>
/// <param name="Case">The index.</param>
/// <param name="Queue">Also who stood in the sampling queue, so long before and after; null: not.</param>
/// <param name="OnlyFirst">Writes ring 1 and the likeliest of ring 2 and leaves the others to the worker.</param>
sealed record ProposeContacts(Guid Case, TimeSpan? Queue = null, bool OnlyFirst = false);

/// <summary>What was proposed.</summary>
/// <param name="Ring1">People who met the case.</param>
/// <param name="Ring2">People who met those.</param>
/// <param name="New">Rows that were not there before.</param>
/// <param name="Extended">Contacts in quarantine whose exposure turns out to be longer.</param>
/// <param name="Flagged">Contacts whose exposure lies outside the window now.</param>
/// <param name="Waiting">Rows that are still being written.</param>
sealed record ProposalReport(Guid Case, int Ring1, int Ring2, int New, int Extended, int Flagged, int Waiting, string Window);

/// <summary>What was found, before it is written.</summary>
/// <param name="Left">How many of ring 2 were left to the worker.</param>
sealed record Gathered(IndexCase Index, ExposureWindow Window, List<Proposal> Proposals, int Left);

sealed class ProposeContactsHandler(Store store, PresenceDoor presence, ProtocolBook book, LocalDays days, ProposalWriter writer, VenueKinds kinds)
{
    /// <summary>Rows of one unit of writing.</summary>
    const int UnitRows = 4_000;

    /// <summary>How many of ring 2 are written at once with ring 1: what the first pages show.</summary>
    const int FirstOfRing2 = 200;

    public async Task<Outcome<ProposalReport>> Handle(ProposeContacts command, Actor actor)
    {
        var found = store.Read(session => Gather(session, command));
        if (!found.Ok)
            return found.Refusal;
        var (index, window, proposals, left) = found.Value;
        // Ring 1 goes first, because a contact of a contact names its row; then the likeliest.
        proposals.Sort(static (a, b) => (a.Ring, -a.Rating, a.Person).CompareTo((b.Ring, -b.Rating, b.Person)));
        var ring1 = proposals.Count(p => p.Ring == 1);
        var report = new ProposalReport(index.Id, ring1, proposals.Count - ring1 + left, 0, 0, 0, left, Said(window));
        // The first unit is what the first pages show; it does not wait for a wave of fifty thousand.
        var head = Math.Min(UnitRows, ring1 + FirstOfRing2);
        List<Proposal[]> units = [[.. proposals.Take(head)], .. proposals.Skip(head).Chunk(UnitRows)];
        for (var i = 0; i < units.Count; i++)
        {
            var (unit, first, last) = (units[i], i == 0, i == units.Count - 1);
            var written = await store.Write(new WriteScope(actor, index.Owner), session =>
            {
                var done = writer.Write(session, index, window, unit, first ? report : null);
                if (last && left > 0)
                    TraceWork.Want(session, index.Owner, index.Id, "second_ring");
                return Outcome.Of(done);
            });
            if (!written.Ok)
                return written.Refusal;
            report = report with
            {
                New = report.New + written.Value.New,
                Extended = report.Extended + written.Value.Extended,
                Flagged = report.Flagged + written.Value.Flagged,
            };
        }
        return report;
    }

    /// <summary>All candidates of a case, put together. Asks the engine inside the snapshot; both only read.</summary>
    Outcome<Gathered> Gather(Session session, ProposeContacts command)
    {
        if (IndexCase.Of(session, command.Case) is not { } index)
            return new CaseUnknownHere();
        var now = store.Clock.GetUtcNow();
        var ruling = index.Ruling(book, days, now);
        if (!ruling.Ok)
            return ruling.Refusal;
        var contact = ruling.Value.Contact;
        if (!contact.Ok)
            return contact.Refusal;
        if (PersonDirectory.Current(session, [index.Person]).GetValueOrDefault(index.Person) is not { } person)
            return new PersonNotFound();
        var window = ExposureWindow.Of(contact.Value.Rule, days, index.Times, now);
        var tracing = ruling.Value.Tracing is { Ok: true } weights ? weights.Value : null;
        var situations = ruling.Value.Situations is { Ok: true } named ? named.Value.Rule : null;
        var transport = ruling.Value.Transport is { Ok: true } vehicles ? vehicles.Value.Rule : null;
        var rings = contact.Value.Rule.Secondary.Enabled ? 2 : 1;

        var candidates = RegisterCandidates.OfCase(session, person, window);
        candidates.AddRange(RosterCandidates.Of(session, person.Id, window, transport));
        if (command.Queue is { } span)
            candidates.AddRange(QueueCandidates.Of(session, person.Id, window, span, span));
        candidates.AddRange(ItineraryCandidates.Of(session, presence.Open, index, person.Id, window, contact.Value.Rule.Copresence, transport,
            ids => kinds.Of(session, ids, tracing?.Rule)));
        var met = new Met([], 0);
        if (presence.Open is { } open)
        {
            // Visits stand under the id by which somebody was scanned: whoever was joined to this person since was this person then.
            var meetings = new MeetingsFound(open, tracing?.Rule.Rating, ids => kinds.Of(session, ids, tracing?.Rule));
            foreach (var id in PersonDirectory.AllOf(session, [person.Id]))
            {
                var own = meetings.Of(id, window, contact.Value.Rule.Copresence, rings, command.OnlyFirst ? FirstOfRing2 : int.MaxValue);
                met = new Met([.. met.Candidates, .. own.Candidates], met.Ring2 + own.Ring2);
            }
        }
        candidates.AddRange(met.Candidates);
        // The first answer looks up those whom the case met; the worker looks up everybody.
        var persons = PersonDirectory.Current(session, [.. candidates.Where(c => c.Ring == 1 || !command.OnlyFirst).Select(c => c.Person).Distinct()]);
        if (rings == 2)
            candidates.AddRange(RegisterCandidates.OfContacts(session, [.. candidates.Where(c => c.Ring == 1 && persons.ContainsKey(c.Person))
                .GroupBy(c => persons[c.Person].Id).Select(g => (persons[g.First().Person], g.Min(c => c.First)))], now));
        // Whoever was merged into another is that other; whom the register does not know is nobody who can be called.
        var survivors = persons.Values.Select(p => p.Id).ToHashSet();
        var known = candidates.Where(c => persons.ContainsKey(c.Person) || survivors.Contains(c.Person) || (c.Ring == 2 && (command.OnlyFirst || c.Source == "household")))
            .Select(c => persons.TryGetValue(c.Person, out var row) && row.Id != c.Person ? c with { Person = row.Id } : c)
            .Select(c => c.Via is { } via && persons.TryGetValue(via, out var row) && row.Id != via ? c with { Via = row.Id } : c);
        var merge = new CandidateMerge(new KindDecision(contact.Value.Rule, situations, tracing?.Rule), tracing?.Rule, tracing?.Version.ToString(), Said(window));
        return new Gathered(index, window, merge.Of([.. known], person.Id), met.Ring2 - met.Candidates.Count(c => c.Ring == 2));
    }

    string Said(ExposureWindow window) =>
        $"{window.Anchor} {window.On:yyyy-MM-dd}: {days.DateOf(window.From):yyyy-MM-dd} – {TimeZoneInfo.ConvertTime(window.To, days.Zone):yyyy-MM-dd HH:mm}";
}
