using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>Which duties are counted or listed. Every condition that is set must hold.</summary>
public sealed record DutyFilter
{
    /// <summary>A place code; the duties in it and below it. Empty is the whole deployment.</summary>
    public string Territory { get; init; } = "";

    public DutyKind? Kind { get; init; }

    /// <summary>The id of the fact that opened them.</summary>
    public string? Basis { get; init; }

    /// <summary>Whom or what they are about. Lists only.</summary>
    public Guid? Subject { get; init; }

    /// <summary>Who has to do them now. Lists only.</summary>
    public Guid? Unit { get; init; }

    /// <summary>Lists only; without it the open ones, or for a subject all.</summary>
    public DutyState? State { get; init; }

    /// <summary>Only those due at or after this. Lists only.</summary>
    public DateTimeOffset? DueFrom { get; init; }

    /// <summary>Only those due before this. Lists only.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Only open ones past their deadline. Lists only.</summary>
    public bool Late { get; init; }
}

/// <summary>Conditions on place codes as both stores compute them: ranges of bytes, so that an index serves them.</summary>
static class Within
{
    /// <summary>The condition "the column lies in the territory", with the arguments territory and beyond.</summary>
    public static string Area(string territory, string column) => territory.Length switch
    {
        0 => "1 = 1",
        <= 12 => $"{column} >= @territory AND {column} < @beyond",
        // A dash sorts before the dot of a lower level and belongs to a neighbour: ….b1-2 is not in ….b1.
        _ => $"{column} >= @territory AND {column} < @beyond AND substr({column}, {territory.Length + 1}, 1) <> '-'",
    };

    /// <summary>The first code after every code in the territory.</summary>
    public static string Beyond(string territory) => territory.Length <= 12 ? territory + "~" : territory + "/";

    /// <summary>
    /// The counties that have duties in the territory. From a county down it is that county; above, those that the counters know, and
    /// the deployment itself, whose places stand above a county.
    /// </summary>
    public static IReadOnlyList<string> Owners(Session session, string territory) => territory.Length >= 6
        ? [PlaceCode.OwnerOf(territory)]
        : session.Query<string>("""
            WITH RECURSIVE county(code) AS (
              SELECT min(owner) FROM duty_count
              UNION ALL SELECT (SELECT min(owner) FROM duty_count WHERE owner > county.code) FROM county WHERE county.code IS NOT NULL)
            SELECT code FROM county WHERE code IS NOT NULL AND (code >= @territory AND code < @beyond OR code = @deployment) ORDER BY code
            """, new { territory, beyond = Beyond(territory), deployment = WriteScope.Deployment });
}
