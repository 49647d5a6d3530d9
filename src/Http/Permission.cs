namespace Qipan.Http;

/// <summary>
/// What may be done, one name per kind of act. An endpoint or a page names exactly one; who holds it stands in
/// <see cref="Roles"/>. Names reach the wire: append only.
/// </summary>
public enum Permission
{
    /// <summary>See the board, rounds and counts of one's own territory; no person's data.</summary>
    SeeFigures = 1,

    /// <summary>See duties and the ids of their subjects.</summary>
    SeeDuties = 2,

    /// <summary>Waive or reassign a duty, with a reason and a name.</summary>
    EndDuties = 3,

    /// <summary>Find a person and see the fields of one's role.</summary>
    SeePersons = 4,

    /// <summary>Register and correct persons, households and where they are.</summary>
    EditPersons = 5,

    /// <summary>Import and correct the place tree and reporting units.</summary>
    EditPlaces = 6,

    /// <summary>Units, staff accounts, roles, devices.</summary>
    Administer = 7,

    /// <summary>Send batches of facts from a registered device.</summary>
    SendFacts = 8,

    /// <summary>Plan, publish and close rounds, exempt persons, resolve discrepancies of tubes and boxes.</summary>
    RunRounds = 9,

    /// <summary>See tubes, boxes and their whole life.</summary>
    SeeTubes = 10,

    /// <summary>Carry boxes and sign for them.</summary>
    CarryBoxes = 11,

    /// <summary>Receive boxes, load runs, import result files.</summary>
    WorkInLaboratory = 12,

    /// <summary>Review and release runs, amend and withdraw results.</summary>
    ReleaseResults = 13,

    /// <summary>Acknowledge and work a pool alert, record holds and outcomes.</summary>
    HandleAlerts = 14,

    /// <summary>Follow the trail of a thing back to its facts.</summary>
    SeeTrail = 15,

    /// <summary>Read the access log and the trail of everything, change nothing (P-32).</summary>
    Audit = 16,

    /// <summary>Read protocols and what holds where.</summary>
    SeeProtocols = 17,

    /// <summary>Import files of persons, places and results in bulk.</summary>
    ImportFiles = 18,

    /// <summary>Export lists; each export names a purpose.</summary>
    ExportLists = 19,

    /// <summary>See cases, their investigations and chains, with the fields of one's role.</summary>
    SeeCases = 20,

    /// <summary>Open and classify cases, take itineraries, draw links.</summary>
    InvestigateCases = 21,

    /// <summary>Accept, reject and upgrade contacts.</summary>
    DecideContacts = 22,

    /// <summary>Visit and check contacts of one's own area.</summary>
    FollowContacts = 23,

    /// <summary>Look for duplicates, join persons in batches and take them apart.</summary>
    MergePersons = 24,

    /// <summary>Export lists of cases, contacts and links, pseudonymous; real columns need to see persons as well.</summary>
    ExportLineLists = 25,

    /// <summary>Set how fast the calendar of a drill runs.</summary>
    PaceDrill = 26,
}
