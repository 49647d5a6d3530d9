using Qipan.Http;
using Qipan.Registers;

namespace Qipan.Server.Access;

/// <summary>Staff, by the token of their session.</summary>
sealed class StaffCallers(StaffDirectory staff) : CallerSource
{
    public override Caller? CallerOf(string token) => staff.CallerOf(token);
}
