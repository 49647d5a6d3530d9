using Qipan.Engine;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Everybody with whom a case was at one place at one time in the days asked about, from all that knows of it: what was proposed of it as somebody
/// else's contact, visits, registers, lists, and what others told of their ways.
/// </summary>
sealed class SourceAsked(
    Session session, PersonRef person, IndexCase index, ExposureWindow window, ContactRule contact, Ruling ruling, IPresence? presence, VenueKinds kinds)
{
    /// <summary>Cases of which a person has decided that this one is their contact.</summary>
    public HashSet<Guid> Decided { get; } = [];

    public IEnumerable<Candidate> Met()
    {
        var rule = ruling.Tracing is { Ok: true } weights ? weights.Value.Rule : null;
        var transport = ruling.Transport is { Ok: true } vehicles ? vehicles.Value.Rule : null;
        IReadOnlyDictionary<Guid, VenueKind?> Kinds(IReadOnlyCollection<Guid> ids) => kinds.Of(session, ids, rule);
        var met = AsContact();
        met.AddRange(RegisterCandidates.OfCase(session, person, window));
        met.AddRange(RosterCandidates.Of(session, person.Id, window, transport));
        met.AddRange(ItineraryCandidates.Of(session, presence, index, person.Id, window, contact.Copresence, transport, Kinds));
        met.AddRange(SharedStays.Of(session, index, window, Kinds));
        if (presence is not null)
            met.AddRange(new MeetingsFound(presence, rule?.Rating, Kinds).Of(person.Id, window, contact.Copresence, rings: 1, most: 0).Candidates);
        var standing = PersonDirectory.Current(session, [.. met.Select(m => m.Person).Distinct()]);
        return met.Select(m => standing.TryGetValue(m.Person, out var now) && now.Id != m.Person ? m with { Person = now.Id } : m);
    }

    /// <summary>Whose contact it was: proposed, and not rejected or fallen.</summary>
    List<Candidate> AsContact()
    {
        var found = new List<Candidate>();
        foreach (var row in session.Query<AsIndex>("""
            SELECT c.id, c.index_case, r.person, c.state, c.situation, c.first_exposure, c.last_exposure, c.seconds FROM contact c
            JOIN case_record r ON r.id = c.index_case WHERE c.person = @person AND c.ring = 1 AND c.state NOT IN (8, 11)
            """, new { person = person.Id }))
        {
            if (row.State != ContactState.Proposed)
                Decided.Add(row.IndexCase);
            if (window.Touches(row.FirstExposure, row.LastExposure))
                found.Add(new Candidate
                {
                    Person = row.Person,
                    Source = "contact",
                    Situation = row.Situation,
                    First = row.FirstExposure,
                    Last = row.LastExposure,
                    Seconds = row.Seconds,
                    Fact = new EvidenceFact("contact", $"contact/{row.Id:N}", row.State == ContactState.Proposed ? "is proposed as its contact" : "is its contact, as a person decided"),
                });
        }
        return found;
    }

    sealed class AsIndex
    {
        public Guid Id { get; init; }

        public Guid IndexCase { get; init; }

        public Guid Person { get; init; }

        public ContactState State { get; init; }

        public string Situation { get; init; } = "";

        public DateTimeOffset FirstExposure { get; init; }

        public DateTimeOffset LastExposure { get; init; }

        public long Seconds { get; init; }
    }
}
