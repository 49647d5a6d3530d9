using Qipan.Http;

namespace Qipan.Consoles.Shell;

/// <summary>One place of the navigation.</summary>
/// <param name="Name">In English, the key of its Chinese name.</param>
/// <param name="Address">Its page; pages below it belong to it.</param>
/// <param name="Needs">Who may see it; null is everybody who is signed in.</param>
public sealed record DeskPlace(string Name, string Address, Permission? Needs);

/// <summary>A desk 工作台: the pages of one kind of work. A new page is a line here.</summary>
/// <param name="Name">In English, the key of its Chinese name.</param>
/// <param name="Places">Its pages, in the order of a day.</param>
/// <param name="Icon">A name of <see cref="Icon"/>.</param>
public sealed record Desk(string Name, IReadOnlyList<DeskPlace> Places, string Icon)
{
    public static IReadOnlyList<Desk> All { get; } =
    [
        new("Command",
        [
            new("Home", "/", null),
            new("The board", "/board", Permission.SeeFigures),
            new("Map", "/map", Permission.SeeFigures),
            new("Charts", "/board/curve", Permission.SeeFigures),
            new("Duties", "/duties", Permission.SeeDuties),
        ], "command"),
        new("Sampling",
        [
            new("Rounds", "/rounds", Permission.SeeFigures),
            new("Sampling points", "/points", Permission.SeeFigures),
            new("Tubes and boxes", "/tubes", Permission.SeeTubes),
            new("Discrepancies", "/tubes/discrepancies", Permission.SeeTubes),
        ], "sampling"),
        new("Laboratory",
        [
            new("Laboratory bench", "/lab", Permission.WorkInLaboratory),
            new("Alerts", "/alerts", Permission.HandleAlerts),
        ], "laboratory"),
        new("Investigation",
        [
            new("Cases", "/cases", Permission.SeeCases),
            new("Chains", "/chains", Permission.SeeCases),
            new("Clusters", "/clusters", Permission.SeeCases),
            new("Contacts", "/contacts", Permission.FollowContacts),
            new("Hand-overs", "/handovers", Permission.DecideContacts),
            new("Itineraries", "/itineraries/read", Permission.InvestigateCases),
            new("Line lists", "/lists", Permission.InvestigateCases),
        ], "investigation"),
        new("Persons",
        [
            new("Find persons", "/persons", Permission.SeePersons),
            new("Duplicates", "/persons/duplicates", Permission.MergePersons),
        ], "persons"),
        new("Administration",
        [
            new("Protocols", "/protocols", Permission.SeeProtocols),
            new("Trail", "/trail", Permission.SeeTrail),
            new("Staff", "/admin/staff", Permission.Administer),
            new("Units", "/admin/units", Permission.Administer),
            new("Devices", "/admin/devices", Permission.Administer),
            new("Settings", "/admin/settings", Permission.Administer),
        ], "administration"),
    ];

    /// <summary>The place that a page belongs to: the one whose address begins its path, the longest of several; null where none does.</summary>
    public static string? Of(string path) => All.SelectMany(d => d.Places).Select(p => p.Address)
        .Where(a => a == "/" ? path == "/" : path == a || path.StartsWith(a + "/", StringComparison.Ordinal)).MaxBy(a => a.Length);
}
