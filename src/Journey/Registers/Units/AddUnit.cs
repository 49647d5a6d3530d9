using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Sets up an organisation unit.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">As it is called.</param>
/// <param name="Territory">Place code; it answers for everything in it unless another unit of its kind is nearer.</param>
/// <param name="Parent">The unit above, to which what is overdue goes.</param>
public sealed record AddUnit(UnitKind Kind, string Name, string Territory, Guid? Parent = null);

public sealed class AddUnitHandler(Store store)
{
    /// <summary>A unit of the deployment's own (null caller) or inside the caller's territory.</summary>
    public async Task<Outcome<UnitId>> Handle(AddUnit command, Caller? caller)
    {
        if (!Enum.IsDefined(command.Kind))
            return new UnitKindUnknown();
        if (string.IsNullOrWhiteSpace(command.Name))
            return new NameMissing();
        if (command.Territory.Length > 0 && PlaceCode.Parse(command.Territory) is { Ok: false } wrong)
            return wrong.Refusal;
        if (caller?.Must(Permission.Administer, command.Territory) is { Ok: false } no)
            return no.Refusal;
        var owner = PlaceCode.OwnerOf(command.Territory);
        return await store.Write(new WriteScope(caller?.Actor ?? Actor.System, owner), session =>
        {
            if (command.Parent is { } parent && UnitDirectory.Find(session, parent) is null)
                return new UnitUnknown();
            var unit = new UnitRow
            {
                Owner = owner,
                Id = session.NewId(),
                Parent = command.Parent,
                Kind = command.Kind,
                Name = command.Name.Trim(),
                Territory = command.Territory,
            };
            session.Insert(UnitRow.Rows, [unit]);
            session.Trail(owner, "add_unit", new Ref("unit", unit.Id), detail: new { kind = command.Kind.ToString(), command.Territory });
            return Outcome.Of(new UnitId(unit.Id));
        });
    }
}

/// <summary>No such kind of unit.</summary>
public sealed record UnitKindUnknown() : FieldRefusal("kind", "unit_kind_unknown", RefusalKind.Invalid, "There is no such kind of unit.", "没有该单位类别。");
