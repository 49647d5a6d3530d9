namespace Qipan.Protocols;

/// <summary>Epidemic-free compounds 无疫小区 (domain 2.5).</summary>
public sealed record CompoundsRule : IRule
{
    public static string Key => "compounds";

    /// <summary>Days without a case before the application.</summary>
    public required int NoCaseDays { get; init; }

    /// <summary>Days without a contact inside before the application; null: not asked.</summary>
    public int? NoContactDays { get; init; }

    /// <summary>Days since the last exposure of the last contact, who is negative; null: not asked.</summary>
    public int? LastContactDays { get; init; }

    /// <summary>Everybody tested, negative, within so many days before; null: not asked.</summary>
    public int? FullScreenWithinDays { get; init; }

    /// <summary>Everybody negative on this day of the count; null: not asked.</summary>
    public int? NegativeOnDay { get; init; }

    /// <summary>How many checks “到位” are signed besides; null: none.</summary>
    public int? Checks { get; init; }

    /// <summary>Who records it, from below: <c>street</c>, <c>district</c>, <c>city</c>.</summary>
    public required IReadOnlyList<string> RecordedBy { get; init; }

    /// <summary>The class of zone that it becomes.</summary>
    public required string Becomes { get; init; }

    /// <summary>Whether people may leave the compound.</summary>
    public required bool MayLeave { get; init; }

    /// <summary>Taken away again (摘牌) when a positive is found.</summary>
    public required bool RevokedOnPositive { get; init; }

    /// <summary>Whether its people are exempt from rounds.</summary>
    public bool ExemptFromRounds { get; init; }
}
