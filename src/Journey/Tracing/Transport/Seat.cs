using System.Globalization;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>
/// A seat or berth in a vehicle 座位. What is null is not known: it never rules a contact out.
/// </summary>
/// <param name="Coach">Coach of a train, deck of a ship.</param>
/// <param name="Row">Row of seats, bay of berths, compartment or cabin, counted from the front.</param>
/// <param name="Letter">Place within it; shown, and used for nothing else than the words of an explanation.</param>
/// <param name="Crew">Works in the vehicle.</param>
sealed record Seat(string? Coach, int? Row, string? Letter = null, bool Crew = false)
{
    /// <summary>
    /// Reads what a ticket prints: <c>05车12F号</c>, <c>12F</c>, <c>5-12F</c>, <c>Coach 5, seat 12F</c>, <c>08车03号下铺</c>, <c>37</c>. A number
    /// without a letter is a seat, a berth or a cabin, by the kind of vehicle: see <see cref="Normal"/>. Null when there is no number in it.
    /// </summary>
    public static Seat? Parse(string? text, string? coach = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            return coach is null ? null : new Seat(PlainCoach(coach), null);
        var rest = text.Trim().ToUpperInvariant();
        var at = rest.IndexOf('车', StringComparison.Ordinal);
        if (at > 0)
            (coach, rest) = (rest[..at], rest[(at + 1)..].TrimStart('厢', ' '));
        else if (rest.StartsWith("COACH", StringComparison.Ordinal) && rest.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) is [_, var no, .. var more])
            (coach, rest) = (no, string.Concat(more).Replace("SEAT", "", StringComparison.Ordinal));
        else if (rest.Split('-') is [var car, var place])
            (coach, rest) = (car, place);
        var digits = new string([.. rest.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return coach is null ? null : new Seat(PlainCoach(coach), null);
        var after = rest[(rest.IndexOf(digits, StringComparison.Ordinal) + digits.Length)..].TrimStart('号', '排', ' ');
        return new Seat(PlainCoach(coach), number, after.Length > 0 && (char.IsAsciiLetterUpper(after[0]) || after[0] is '上' or '中' or '下') ? after[..1] : null);
    }

    static string? PlainCoach(string? coach) => coach?.Trim().TrimStart('0') is { Length: > 0 } plain ? plain.ToUpperInvariant() : null;

    /// <summary>
    /// The seat with its row counted as the rule of the vehicle counts. A soft sleeper's berths come four to a compartment, 1-4 the first.
    /// An ordinary coach of 118 seats (YZ25G) has rows of five, windows at 0, 4, 5 and 9, that face each other in pairs: a bay holds the seats
    /// of one ten. In its hard sleeper (YW25G) two numbers, each with upper, middle and lower berth, face each other: a bay holds 1 and 2.
    /// </summary>
    public Seat Normal(VehicleKind vehicle) => vehicle switch
    {
        VehicleKind.TrainSleeper when Row is { } berth => this with { Row = (berth + 3) / 4 },
        VehicleKind.TrainOrdinary when Row is not null && Letter is "上" or "中" or "下" => this with { Row = (Row + 1) / 2 },
        VehicleKind.TrainOrdinary when Row is { } seat => this with { Row = (seat / 10) + 1 },
        _ => this,
    };
}
