using Qipan.Drill.Actors;
using Qipan.Drill.City;

namespace Qipan.Drill.Founding;

/// <summary>An account that a visitor may sign in with.</summary>
/// <param name="Login">With the password that was given to all.</param>
/// <param name="Role">As the program calls it.</param>
/// <param name="Page">Where its work is.</param>
public sealed record DemoAccount(string Login, string Role, string Page);

/// <summary>A sampling point with its devices, for the people of one community.</summary>
public sealed record FoundedPoint(Guid Id, string Community, IReadOnlyList<(Guid Id, string Token)> Devices);

/// <summary>A district with what works in it.</summary>
/// <param name="Code">Six digits: the owner of its rows.</param>
/// <param name="Laboratory">Its laboratory.</param>
/// <param name="Points">One in each community.</param>
/// <param name="Courier">The couriers' device.</param>
/// <param name="DoorDevices">Of the teams that swab at doors: members of suspect pools, contacts, the clinic's patients.</param>
public sealed record FoundedDistrict(
    string Code, LaboratoryStaff Laboratory, IReadOnlyList<FoundedPoint> Points, (Guid Id, string Token) Courier,
    IReadOnlyList<(Guid Id, string Token)> DoorDevices);

/// <summary>A city that stands in the program's store and can begin its day.</summary>
/// <param name="City">Who lives where.</param>
/// <param name="Officer">Plans rounds.</param>
/// <param name="Investigator">Works alerts, cases and contacts.</param>
/// <param name="Reviewer">The second investigator, who looks at what the first one reports.</param>
/// <param name="Districts">In the order of the plan.</param>
/// <param name="Accounts">For visitors.</param>
public sealed record FoundedCity(
    FictionalCity City, StaffMember Officer, StaffMember Investigator, StaffMember Reviewer, IReadOnlyList<FoundedDistrict> Districts, IReadOnlyList<DemoAccount> Accounts);
