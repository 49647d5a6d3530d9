using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Whether a laboratory works. The numbers reach disk: append only.</summary>
public enum LaboratoryState
{
    Working = 1,

    /// <summary>Receives nothing and loads nothing until it works again.</summary>
    Suspended = 2,
}

/// <summary>A row of <c>laboratory</c>: one laboratory 实验室.</summary>
public sealed class LaboratoryRow
{
    internal static readonly Table<LaboratoryRow> Rows = new("laboratory",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("unit", ColumnType.Uuid, r => r.Unit.Value),
        new("name", ColumnType.Text, r => r.Name),
        new("uscc", ColumnType.Text, r => r.Uscc),
        new("licence", ColumnType.Text, r => r.Licence),
        new("rated_capacity", ColumnType.Text, r => r.RatedCapacity),
        new("state", ColumnType.Small, r => r.State));

    /// <summary>The county in which it works.</summary>
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    /// <summary>The unit whose staff works in it.</summary>
    public UnitId Unit { get; init; }

    public string Name { get; init; } = "";

    public string Uscc { get; init; } = "";

    public string Licence { get; init; } = "";

    /// <summary>JSON of <see cref="Laboratory.RatedCapacity"/>.</summary>
    public string RatedCapacity { get; init; } = "{}";

    public LaboratoryState State { get; init; }

    internal RatedCapacity Capacity() => Laboratory.RatedCapacity.FromJson(RatedCapacity);
}

/// <summary>Finds laboratories, and says who may work in which.</summary>
static class Laboratories
{
    public static LaboratoryRow? ById(Session session, Guid id) =>
        session.One<LaboratoryRow>("SELECT * FROM laboratory WHERE id = @id", new { id });

    /// <summary>The laboratory, for somebody who belongs to it and holds the permission there; the only place where membership is judged.</summary>
    public static Outcome<LaboratoryRow> For(Session session, Caller caller, Guid id, Permission permission)
    {
        if (ById(session, id) is not { } lab)
            return LaboratoryRefusals.Unknown;
        if (caller.Must(permission, lab.Owner).Refusal is { } refusal)
            return refusal;
        if (caller.Unit != lab.Unit)
            return LaboratoryRefusals.NotOfThisLaboratory;
        return lab.State == LaboratoryState.Suspended ? LaboratoryRefusals.Suspended : lab;
    }
}
