using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>A device 设备 is given to a team. The answer is the only time that its token is seen.</summary>
/// <param name="Label">What stands on its sticker; never a person's name.</param>
/// <param name="Kind">Phone, tablet, terminal or another system.</param>
/// <param name="Unit">The team.</param>
/// <param name="Territory">Where it works: a place code of county level or finer.</param>
/// <param name="Role">Sampler, courier or technician.</param>
public sealed record RegisterDevice(string? Label, DeviceKind Kind, UnitId Unit, string? Territory, Role Role);

/// <summary>A new device.</summary>
/// <param name="Id">Stands in the trail.</param>
/// <param name="Token">Shown once; only its hash is kept.</param>
public sealed record RegisteredDevice(DeviceId Id, string Token);

public sealed class RegisterDeviceHandler(Store store)
{
    public async Task<Outcome<RegisteredDevice>> Handle(Caller caller, RegisterDevice command)
    {
        if (command.Label?.Trim() is not { Length: >= 1 and <= 60 } label)
            return new LabelMissing { Field = "label" };
        if (command.Territory is not { Length: >= 6 and <= 80 } territory || !territory.AsSpan(0, 6).ContainsOnlyDigits())
            return TerritoryTooWide.Here;
        if (command.Role is not (Role.Sampler or Role.Courier or Role.Technician))
            return new RoleNotForDevices { Field = "role" };
        if (caller.Must(Permission.Administer, territory) is { Ok: false } no)
            return no.Refusal;
        var owner = territory[..6];
        var token = DeviceTokens.New();
        return await store.Write(new WriteScope(caller.Actor, owner), session =>
        {
            var id = session.NewId();
            session.Execute("""
                INSERT INTO device (owner, id, label, kind, unit, territory, role, token_hash, registered_at, registered_by, clock_offset_ms)
                VALUES (@owner, @id, @label, @Kind, @Unit, @territory, @Role, @hash, @Now, @by, 0)
                """, new
            {
                owner,
                id,
                label,
                command.Kind,
                command.Unit,
                territory,
                command.Role,
                hash = DeviceTokens.HashOf(token),
                session.Now,
                by = caller.Actor.ToString(),
            });
            session.Trail(owner, "register_device", new Ref("device", id), detail: new { label, role = command.Role.ToString(), territory });
            return Outcome.Of(new RegisteredDevice(new DeviceId(id), token));
        });
    }
}

static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
