using Qipan.Http;
using Qipan.Intake;
using Qipan.Registers;

namespace Qipan.Server.Access;

/// <summary>Staff, by the token of their session.</summary>
sealed class StaffCallers(StaffDirectory staff) : CallerSource
{
    public override Caller? CallerOf(string token) => staff.CallerOf(token);
}

/// <summary>Devices, by the token that they were registered with.</summary>
sealed class DeviceCallers(Devices devices) : CallerSource
{
    public override Caller? CallerOf(string token) => devices.CallerOf(token);
}
