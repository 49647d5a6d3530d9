using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Who stands above a unit, for work that a unit has not done in time.</summary>
public static class UnitsAbove
{
    /// <summary>
    /// The next unit up of each: its parent; else the command unit with the longest territory that lies above its own. A unit with
    /// nothing above it is missing from the answer. A few queries, however many units.
    /// </summary>
    /// <param name="session">A snapshot or a unit.</param>
    /// <param name="units">The units; those that are unknown are taken as the command of their county (see <paramref name="county"/>).</param>
    /// <param name="county">The county whose work it is.</param>
    public static Dictionary<UnitId, UnitId> Of(Session session, IReadOnlyCollection<UnitId> units, string county)
    {
        var known = session.Query<UnitRow>($"SELECT * FROM org_unit WHERE id {session.InIds("ids")}",
            new { ids = session.Keys(units.Select(u => u.Value)) }).ToDictionary(u => u.Id);
        var parents = session.Query<UnitRow>($"SELECT * FROM org_unit WHERE id {session.InIds("ids")} AND state = 1",
            new { ids = session.Keys(known.Values.Select(u => u.Parent).OfType<Guid>()) }).Select(u => u.Id).ToHashSet();
        var territories = known.Values.Select(u => u.Territory).Append(county == WriteScope.Deployment ? "" : county);
        var above = territories.SelectMany(t => t.Length == 0 ? [] : PlaceCode.SelfAndAbove(t)).Append("").Distinct();
        var commands = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var command in session.Query<UnitRow>(
            $"SELECT * FROM org_unit WHERE territory {session.In("above")} AND kind = 1 AND state = 1 ORDER BY id", new { above = session.Keys(above) }))
            commands.TryAdd(command.Territory, command.Id);

        var answers = new Dictionary<UnitId, UnitId>();
        foreach (var unit in units)
        {
            var row = known.GetValueOrDefault(unit.Value);
            if (row?.Parent is { } parent && parents.Contains(parent))
                answers[unit] = new UnitId(parent);
            else if (CommandAbove(commands, row?.Territory ?? county, row?.Kind == UnitKind.Command || row is null) is { } command && command != unit.Value)
                answers[unit] = new UnitId(command);
        }
        return answers;
    }

    /// <summary>A command's next is above its territory; any other unit's may be the command of the same territory.</summary>
    static Guid? CommandAbove(Dictionary<string, Guid> commands, string territory, bool isCommand)
    {
        if (territory.Length == 0)
            return null;
        foreach (var place in PlaceCode.SelfAndAbove(territory).Skip(isCommand ? 1 : 0).Append(""))
            if (commands.TryGetValue(place, out var command))
                return command;
        return null;
    }
}
