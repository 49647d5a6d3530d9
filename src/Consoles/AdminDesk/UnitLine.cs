using Qipan.Http;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.AdminDesk;

/// <summary>An organisation unit in the administrator's list.</summary>
public sealed class UnitLine
{
    public const int Take = 200;

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public UnitKind Kind { get; init; }

    public string Name { get; init; } = "";

    public string Territory { get; init; } = "";

    public UnitState State { get; init; }

    public static List<UnitLine> Load(Store store, Caller caller, Guid? after) => store.Read(session => session.Query<UnitLine>(
        $"SELECT owner, id, kind, name, territory, state FROM org_unit{(after is null ? "" : " WHERE id > @after")} ORDER BY id", new { after })
        .Where(u => caller.May(Permission.Administer, u.Territory)).Take(Take).ToList());
}
