using System.ComponentModel.DataAnnotations;

namespace Qipan.Registers;

/// <summary>How persons are registered and how staff sign in.</summary>
public sealed record RegistersSettings
{
    /// <summary>Children younger than this need a guardian when they are registered at a desk (the law on personal data says 14).</summary>
    [Range(0, 18)]
    public int GuardianUnderAge { get; init; } = 14;

    /// <summary>How many rows of an import are judged and committed together; a kill costs at most the work of one such unit.</summary>
    [Range(100, 20_000)]
    public int ImportUnitRows { get; init; } = 8_000;

    /// <summary>The largest file in megabytes that is taken for import over the network; larger ones are imported on the server's machine.</summary>
    [Range(1, 4096)]
    public int ImportMegabytes { get; init; } = 512;

    /// <summary>How many hours a sign-in lasts.</summary>
    [Range(1, 72)]
    public int SessionHours { get; init; } = 12;

    /// <summary>After this many wrong passwords in a row an account waits.</summary>
    [Range(3, 20)]
    public int WrongPasswords { get; init; } = 5;

    /// <summary>How many minutes an account waits after too many wrong passwords; each further one doubles it, up to a day.</summary>
    [Range(1, 240)]
    public int LockMinutes { get; init; } = 5;

    /// <summary>The shortest password that is taken, in characters.</summary>
    [Range(8, 64)]
    public int ShortestPassword { get; init; } = 10;
}
