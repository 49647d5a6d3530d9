using System.Security.Cryptography;
using System.Text;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>What a unit is for. The numbers reach disk: append only.</summary>
public enum UnitKind
{
    /// <summary>指挥部.</summary>
    Command = 1,

    /// <summary>街道办.</summary>
    StreetOffice = 2,

    /// <summary>社区.</summary>
    Community = 3,

    /// <summary>疾控.</summary>
    Cdc = 4,

    /// <summary>检测机构.</summary>
    Laboratory = 5,

    /// <summary>采样队.</summary>
    SamplingTeam = 6,

    /// <summary>转运队.</summary>
    CourierTeam = 7,

    /// <summary>医院.</summary>
    Hospital = 8,

    /// <summary>隔离点.</summary>
    IsolationSite = 9,

    /// <summary>一键即报 the team that works a pool alert.</summary>
    AlertTeam = 10,
}

/// <summary>Whether a unit is at work. The numbers reach disk: append only.</summary>
public enum UnitState
{
    Active = 1,

    /// <summary>Responsible for nothing new.</summary>
    Closed = 2,
}

/// <summary>Which unit answers for what.</summary>
public static class UnitDirectory
{
    /// <summary>
    /// The unit of this kind with the longest territory that covers the place. Where there is none, the county's command unit
    /// (of the deployment above county level): its id is a function of the county, so it is the same before and after the row is
    /// made; a <see cref="WriteSession"/> makes the row at first need.
    /// </summary>
    public static UnitId ResponsibleFor(Session session, UnitKind kind, string placeCode) =>
        ResponsibleForAll(session, kind, [placeCode])[placeCode];

    /// <summary>As <see cref="ResponsibleFor"/> for a set of places, in two queries; every place gets an answer.</summary>
    public static Dictionary<string, UnitId> ResponsibleForAll(Session session, UnitKind kind, IReadOnlyCollection<string> placeCodes)
    {
        var prefixes = placeCodes.SelectMany(SelfAndAbove).Distinct();
        var units = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var unit in session.Query<UnitRow>(
            $"SELECT * FROM org_unit WHERE territory {session.In("prefixes")} AND kind = @kind AND state = 1 ORDER BY id",
            new { prefixes = session.Keys(prefixes), kind = (short)kind }))
            units.TryAdd(unit.Territory, unit.Id);
        var answers = new Dictionary<string, UnitId>(StringComparer.Ordinal);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in placeCodes)
        {
            if (SelfAndAbove(place).FirstOrDefault(units.ContainsKey) is { } territory)
                answers[place] = new UnitId(units[territory]);
            else
                missing.Add(place);
        }
        foreach (var county in missing.GroupBy(PlaceCode.OwnerOf))
        {
            var command = CommandOf(session, county.Key);
            foreach (var place in county)
                answers[place] = command;
        }
        return answers;
    }

    /// <summary>The unit of this id, or null.</summary>
    public static Unit? Find(Session session, Guid id) =>
        session.One<Unit>("SELECT id, parent, kind, name, territory, state FROM org_unit WHERE id = @id", new { id });

    /// <summary>The units in a territory by id; <paramref name="after"/> is the last id of the page before.</summary>
    public static List<Unit> In(Session session, string territory, Guid after = default, int take = 200) => session.Query<Unit>(
        "SELECT id, parent, kind, name, territory, state FROM org_unit WHERE territory >= @territory AND territory < @end AND id > @after ORDER BY id LIMIT @take",
        new { territory, end = PlaceTree.EndOf(territory), after, take });

    /// <summary>The unit above, to which what is overdue goes: the parent, or the command of the place above; null at the top.</summary>
    public static UnitId? Above(Session session, UnitId unit)
    {
        if (Find(session, unit.Value) is not { } row)
            return null;
        if (row.Parent is { } parent)
            return new UnitId(parent);
        if (row.Kind != UnitKind.Command)
            return ResponsibleFor(session, UnitKind.Command, row.Territory);
        return row.Territory.Length == 0 ? null : ResponsibleFor(session, UnitKind.Command, PlaceCode.ParentOf(row.Territory) ?? "");
    }

    /// <summary>The id of the command unit that a county has when nobody made one: the same on every node and in every run.</summary>
    public static UnitId DefaultCommandOf(string owner)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"qipan command unit {owner}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new UnitId(new Guid(hash[..16], bigEndian: true));
    }

    /// <summary>Every territory that covers the place, the empty one last.</summary>
    static IEnumerable<string> SelfAndAbove(string place) => place.Length == 0 ? [""] : PlaceCode.SelfAndAbove(place).Append("");

    static UnitId CommandOf(Session session, string owner)
    {
        var territory = owner == WriteScope.Deployment ? "" : owner;
        var there = session.Query<UnitRow>(
            "SELECT * FROM org_unit WHERE territory = @territory AND kind = 1 AND state = 1 ORDER BY id", new { territory });
        if (there.Count > 0)
            return new UnitId(there[0].Id);
        var id = DefaultCommandOf(owner);
        if (session is WriteSession write)
            write.Insert(UnitRow.Rows, [new UnitRow
            {
                Owner = owner,
                Id = id.Value,
                Kind = UnitKind.Command,
                Name = owner == WriteScope.Deployment ? "指挥部" : $"{owner} 指挥部",
                Territory = territory,
                State = UnitState.Active,
            }], IfThere.Skip);
        return id;
    }
}

/// <summary>An organisation unit 单位.</summary>
public sealed class Unit
{
    public Guid Id { get; init; }

    public Guid? Parent { get; init; }

    public UnitKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Place prefix; empty covers everything.</summary>
    public string Territory { get; init; } = "";

    public UnitState State { get; init; }
}

/// <summary>An organisation unit as kept.</summary>
sealed record UnitRow
{
    public static readonly Table<UnitRow> Rows = new("org_unit",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("parent", ColumnType.Uuid, r => r.Parent),
        new("kind", ColumnType.Small, r => (short)r.Kind),
        new("name", ColumnType.Text, r => r.Name),
        new("territory", ColumnType.Text, r => r.Territory),
        new("state", ColumnType.Small, r => (short)r.State));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    public Guid? Parent { get; init; }

    public required UnitKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Place prefix; empty covers everything.</summary>
    public required string Territory { get; init; }

    public UnitState State { get; init; } = UnitState.Active;
}
