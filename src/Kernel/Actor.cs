namespace Qipan.Kernel;

/// <summary>What acts. The numbers reach disk: append only.</summary>
public enum ActorKind
{
    /// <summary>The program itself: a job, a migration, the demo's seed.</summary>
    System = 1,
    Staff = 2,
    Device = 3,
}

/// <summary>Who does something: written into every trail row. Holds an id and never a name.</summary>
/// <param name="Kind">Program, staff or device.</param>
/// <param name="Id">The staff or device id; the empty id for the program itself.</param>
public sealed record Actor(ActorKind Kind, Guid Id)
{
    public static Actor System { get; } = new(ActorKind.System, Guid.Empty);

    /// <summary>"system", "staff:…" or "device:…": the form that stands in the trail.</summary>
    public override string ToString() => Kind switch
    {
        ActorKind.System => "system",
        ActorKind.Staff => $"staff:{Id:N}",
        ActorKind.Device => $"device:{Id:N}",
    };
}
