using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>A device's token is worth nothing from now on; what it sent stays. Revoking again changes nothing.</summary>
/// <param name="Device">The device, in the caller's county.</param>
/// <param name="Reason">Lost, replaced, team left; never personal data.</param>
public sealed record RevokeDevice(DeviceId Device, string? Reason);

public sealed class RevokeDeviceHandler(Store store, Devices devices)
{
    public async Task<Outcome<Done>> Handle(Caller caller, string owner, RevokeDevice command)
    {
        var done = await store.Write(new WriteScope(caller.Actor, owner), session =>
        {
            if (Devices.Get(session, owner, command.Device.Value) is not { } device)
                return (Outcome<Done>)new DeviceUnknown();
            if (caller.Must(Permission.Administer, device.Territory) is { Ok: false } no)
                return no.Refusal;
            if (device.RevokedAt is not null)
                return Done.Value;
            session.Execute("UPDATE device SET revoked_at = @Now WHERE owner = @owner AND id = @id", new { session.Now, owner, id = command.Device.Value });
            session.Trail(owner, "revoke_device", new Ref("device", command.Device.Value), detail: new { reason = command.Reason ?? "" });
            return Done.Value;
        });
        devices.Forget(command.Device.Value);
        return done;
    }
}
