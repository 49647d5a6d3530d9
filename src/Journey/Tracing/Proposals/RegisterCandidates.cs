using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Who lives with the case, and who shares a room of isolation with it: from the registers.</summary>
static class RegisterCandidates
{
    /// <summary>
    /// Everybody of the case's household, for the whole window; and everybody who is in the same room of isolation now (INV-31), since both
    /// were there.
    /// </summary>
    public static List<Candidate> OfCase(Session session, PersonRef index, ExposureWindow window)
    {
        var found = new List<Candidate>();
        foreach (var mate in Household(session, [index]))
            found.Add(new Candidate
            {
                Person = mate.Id,
                Source = "household",
                Situation = "household",
                First = window.From,
                Last = window.To,
                Near = Nearness.Near,
                Fact = new EvidenceFact("household", $"household/{mate.Household:N}", "of the same household", "同住一户"),
            });
        foreach (var mate in RoomMates(session, index))
        {
            var from = Later(window.From, mate.Since);
            if (from < window.To)
                found.Add(new Candidate
                {
                    Person = mate.Id,
                    Source = "room",
                    Situation = "household",
                    First = from,
                    Last = window.To,
                    Near = Nearness.Near,
                    Fact = new EvidenceFact("room", $"place/{index.PresentPlace}", "in the same room of isolation", "同隔离房间"),
                });
        }
        return found;
    }

    /// <summary>The households of those whom the case met: contacts of contacts, from that meeting until now.</summary>
    public static List<Candidate> OfContacts(Session session, IReadOnlyCollection<(PersonRef Person, DateTimeOffset First)> met, DateTimeOffset now)
    {
        var byHousehold = met.Where(m => m.Person.Household is not null).GroupBy(m => m.Person.Household!.Value)
            .ToDictionary(g => g.Key, g => g.MinBy(m => m.First));
        var between = byHousehold.Values.Select(m => m.Person.Id).ToHashSet();
        return Household(session, [.. byHousehold.Values.Select(m => m.Person)]).FindAll(mate => !between.Contains(mate.Id)).ConvertAll(mate =>
        {
            var (via, first) = byHousehold[mate.Household!.Value];
            return new Candidate
            {
                Person = mate.Id,
                Ring = 2,
                Via = via.Id,
                Source = "household",
                Situation = "household",
                First = first,
                Last = now,
                Near = Nearness.Near,
                Fact = new EvidenceFact("household", $"household/{mate.Household:N}", "of the household of a contact", "与密接同住一户"),
            };
        });
    }

    static List<Mate> Household(Session session, IReadOnlyCollection<PersonRef> persons)
    {
        var found = new List<Mate>();
        foreach (var county in persons.Where(p => p.Household is not null).GroupBy(p => p.Owner))
            found.AddRange(session.Each<Mate>(
                $"SELECT id, household, present_since AS since FROM person {By(session, "person_household")} WHERE owner = @owner AND household = @key AND merged_into IS NULL",
                county.Select(p => p.Household!.Value).Distinct(), new { owner = county.Key }));
        var asked = persons.Select(p => p.Id).ToHashSet();
        return found.FindAll(m => persons.Count > 1 || !asked.Contains(m.Id));
    }

    static List<Mate> RoomMates(Session session, PersonRef index) =>
        index.PresentPlace is not { } room || index.PresentKind is not (PresentKind.CentralIsolation or PresentKind.HomeIsolation)
        || Kernel.Codes.PlaceCode.LevelOf(room) != Kernel.Codes.PlaceLevel.Room
            ? []
            : session.Query<Mate>($"""
                SELECT id, household, present_since AS since FROM person {By(session, "person_away")}
                WHERE present_owner = @PresentOwner AND present_kind <> 1 AND present_place = @room AND merged_into IS NULL AND id <> @Id
                """, new { index.PresentOwner, room, index.Id });

    /// <summary>Without statistics SQLite would walk a county: the index is named.</summary>
    static string By(Session session, string index) => session.Kind == StoreKind.Sqlite ? $"INDEXED BY {index}" : "";

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    sealed class Mate
    {
        public Guid Id { get; init; }

        public Guid? Household { get; init; }

        public DateTimeOffset Since { get; init; }
    }
}
