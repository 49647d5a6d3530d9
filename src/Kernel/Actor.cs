namespace Qipan.Kernel;

/// <summary>What acts. The numbers reach disk: append only.</summary>
public enum ActorKind
{
    /// <summary>The program itself: a job, a migration, the demo's seed.</summary>
    System = 1,
    Staff = 2,
    Device = 3,

    /// <summary>Somebody outside, signed in by nothing, who asks for what is theirs.</summary>
    Public = 4,
}

/// <summary>Who does something: written into every trail row. Holds an id and never a name.</summary>
/// <param name="Kind">Program, staff, device or the public.</param>
/// <param name="Id">The staff or device id; the empty id for the program itself and for the public.</param>
public sealed record Actor(ActorKind Kind, Guid Id)
{
    public static Actor System { get; } = new(ActorKind.System, Guid.Empty);

    /// <summary>Whoever asks without an account.</summary>
    public static Actor Public { get; } = new(ActorKind.Public, Guid.Empty);

    /// <summary>"system", "public", "staff:…" or "device:…": the form that stands in the trail.</summary>
    public override string ToString() => Kind switch
    {
        ActorKind.System => "system",
        ActorKind.Staff => $"staff:{Id:N}",
        ActorKind.Device => $"device:{Id:N}",
        ActorKind.Public => "public",
    };
}
