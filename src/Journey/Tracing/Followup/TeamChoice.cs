using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A team that may follow contacts.</summary>
readonly record struct FollowupTeam(Guid Unit, string Territory, long Load);

/// <summary>Which team follows a contact: the one with the narrowest territory around the place; of several, the one with the least to do.</summary>
static class TeamChoice
{
    /// <summary>
    /// Chooses for all places at once; each choice counts as load for the next. Places that no team covers are missing from the answer. Pure.
    /// </summary>
    public static Dictionary<Guid, Guid> Of(IReadOnlyCollection<(Guid Contact, string Area)> contacts, IReadOnlyCollection<FollowupTeam> teams, int tasksEach)
    {
        var load = teams.ToDictionary(t => t.Unit, t => t.Load);
        var byTerritory = teams.GroupBy(t => t.Territory).ToDictionary(g => g.Key, g => g.Select(t => t.Unit).Order().ToList());
        var answers = new Dictionary<Guid, Guid>(contacts.Count);
        foreach (var (contact, area) in contacts.OrderBy(c => c.Area, StringComparer.Ordinal).ThenBy(c => c.Contact))
        {
            if (Kernel.Codes.PlaceCode.SelfAndAbove(area).FirstOrDefault(byTerritory.ContainsKey) is not { } territory)
                continue;
            var least = byTerritory[territory].MinBy(u => load[u]);
            load[least] += tasksEach;
            answers[contact] = least;
        }
        return answers;
    }

    /// <summary>Communities, street offices and disease control centres around these places, with the tasks that wait for each.</summary>
    public static List<FollowupTeam> Around(Session session, IReadOnlyCollection<string> areas)
    {
        var prefixes = areas.SelectMany(Kernel.Codes.PlaceCode.SelfAndAbove).Distinct();
        var units = session.Query<TeamUnit>(
            $"SELECT id, territory FROM org_unit WHERE territory {session.In("prefixes")} AND kind IN ({(int)UnitKind.Community}, {(int)UnitKind.StreetOffice}, {(int)UnitKind.Cdc}) AND state = 1",
            new { prefixes = session.Keys(prefixes) });
        var load = session.Each<TeamLoad>("SELECT team, count(*) AS waiting FROM contact_task WHERE team = @key AND state = 0 GROUP BY team", units.Select(u => u.Id))
            .ToDictionary(l => l.Team, l => l.Waiting);
        return units.ConvertAll(u => new FollowupTeam(u.Id, u.Territory, load.GetValueOrDefault(u.Id)));
    }

    sealed class TeamUnit
    {
        public Guid Id { get; init; }

        public string Territory { get; init; } = "";
    }

    sealed class TeamLoad
    {
        public Guid Team { get; init; }

        public long Waiting { get; init; }
    }
}
