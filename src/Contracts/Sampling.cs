namespace Qipan.Contracts;

/// <summary>A tube's printed code stands on a tube of another county too (INV-02); published to that county.</summary>
/// <param name="Tube">The tube of the county that hears it.</param>
/// <param name="Code">The printed code.</param>
/// <param name="Other">The other county's tube.</param>
/// <param name="County">The other county.</param>
public sealed record TubeCodeShared(Guid Tube, string Code, Guid Other, string County) : IEvent
{
    public static string Kind => "tube_code_shared";
}
