using System.Collections.Frozen;

namespace Qipan.Http;

/// <summary>The roles of domain section 1.6 that use this program. The numbers reach disk: append only.</summary>
public enum Role
{
    /// <summary>Command 指挥.</summary>
    Commander = 1,

    /// <summary>Round office 采样组织.</summary>
    RoundOfficer = 2,

    /// <summary>Sampler 采样员 and registrar 登记员, with a device.</summary>
    Sampler = 3,

    /// <summary>Courier 转运员.</summary>
    Courier = 4,

    /// <summary>Technician 检验员.</summary>
    Technician = 5,

    /// <summary>Reviewer 审核: the second pair of eyes of a run.</summary>
    Reviewer = 6,

    /// <summary>Investigator 流调员 and the alert's team.</summary>
    Investigator = 7,

    /// <summary>Grid worker 网格员 and community 社区.</summary>
    GridWorker = 8,

    /// <summary>Administrator of units, staff and devices.</summary>
    Administrator = 9,

    /// <summary>Independent auditor: reads the logs, changes nothing (P-32).</summary>
    Auditor = 10,
}

/// <summary>Which role may do what. The only place where it is written; a test prints the whole table and holds it.</summary>
public static class Roles
{
    static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Commander] = Set(Permission.SeeFigures, Permission.SeeDuties, Permission.SeeTubes, Permission.SeeTrail, Permission.SeeProtocols,
            Permission.EndDuties, Permission.HandleAlerts, Permission.SeePersons, Permission.SeeCases, Permission.ExportLineLists, Permission.PaceDrill),
        [Role.RoundOfficer] = Set(Permission.SeeFigures, Permission.SeeDuties, Permission.EndDuties, Permission.RunRounds, Permission.SeeTubes,
            Permission.SeePersons, Permission.EditPersons, Permission.MergePersons, Permission.SeeTrail, Permission.SeeProtocols, Permission.ImportFiles, Permission.ExportLists),
        [Role.Sampler] = Set(Permission.SendFacts, Permission.SeeTubes, Permission.SeeProtocols),
        [Role.Courier] = Set(Permission.SendFacts, Permission.CarryBoxes, Permission.SeeTubes),
        [Role.Technician] = Set(Permission.WorkInLaboratory, Permission.SeeTubes, Permission.SeeProtocols, Permission.SeeTrail, Permission.ImportFiles),
        [Role.Reviewer] = Set(Permission.WorkInLaboratory, Permission.ReleaseResults, Permission.SeeTubes, Permission.SeeProtocols, Permission.SeeTrail),
        [Role.Investigator] = Set(Permission.SeeFigures, Permission.SeeDuties, Permission.EndDuties, Permission.SeePersons, Permission.EditPersons,
            Permission.MergePersons, Permission.SeeTubes, Permission.HandleAlerts, Permission.SeeTrail, Permission.SeeProtocols, Permission.ImportFiles,
            Permission.SeeCases, Permission.InvestigateCases, Permission.DecideContacts, Permission.FollowContacts, Permission.ExportLineLists),
        [Role.GridWorker] = Set(Permission.SeeFigures, Permission.SeeDuties, Permission.SeePersons, Permission.EditPersons, Permission.FollowContacts),
        [Role.Administrator] = Set(Permission.Administer, Permission.EditPlaces, Permission.ImportFiles, Permission.SeeProtocols, Permission.SeeFigures, Permission.PaceDrill),
        [Role.Auditor] = Set(Permission.Audit, Permission.SeeTrail, Permission.SeeFigures, Permission.SeeProtocols),
    }.ToFrozenDictionary();

    static FrozenSet<Permission> Set(params IEnumerable<Permission> held) => held.ToFrozenSet();

    /// <summary>True when the role holds the permission; unknown roles hold none.</summary>
    public static bool May(Role role, Permission permission) => Table.TryGetValue(role, out var held) && held.Contains(permission);
}
