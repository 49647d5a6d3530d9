using System.Diagnostics.CodeAnalysis;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A row of <c>itinerary_item</c>: one stay of a case 轨迹. Rows are never overwritten; a correction is a new row.</summary>
public sealed record ItineraryRow : NewStay
{
    internal static readonly Table<ItineraryRow> Rows = new("itinerary_item",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("case_id", ColumnType.Uuid, r => r.CaseId),
        new("seq", ColumnType.Big, r => r.Seq),
        new("on_day", ColumnType.Text, r => r.OnDay),
        new("from_at", ColumnType.Big, r => r.FromAt),
        new("to_at", ColumnType.Big, r => r.ToAt),
        new("about", ColumnType.Small, r => r.About),
        new("day_part", ColumnType.Small, r => r.DayPart),
        new("place", ColumnType.Text, r => r.Place),
        new("venue", ColumnType.Uuid, r => r.Venue),
        new("place_text", ColumnType.Text, r => r.PlaceText),
        new("sub_area", ColumnType.Text, r => r.SubArea),
        new("activity", ColumnType.Text, r => r.Activity),
        new("transport", ColumnType.Small, r => r.Transport),
        new("vehicle_no", ColumnType.Text, r => r.VehicleNo),
        new("coach", ColumnType.Text, r => r.Coach),
        new("seat_row", ColumnType.Text, r => r.SeatRow),
        new("seat", ColumnType.Text, r => r.Seat),
        new("protection", ColumnType.Small, r => r.Protection),
        new("closed_loop", ColumnType.Small, r => r.ClosedLoop),
        new("source", ColumnType.Small, r => r.Source),
        new("words_from", ColumnType.Big, r => r.WordsFrom),
        new("words_to", ColumnType.Big, r => r.WordsTo),
        new("text_id", ColumnType.Uuid, r => r.TextId),
        new("state", ColumnType.Small, r => r.State),
        new("replaces", ColumnType.Uuid, r => r.Replaces),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor),
        new("reason", ColumnType.Text, r => r.Reason));

    [SetsRequiredMembers]
    public ItineraryRow()
    {
    }

    [SetsRequiredMembers]
    internal ItineraryRow(NewStay stay)
        : base(stay)
    {
    }

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid CaseId { get; init; }

    /// <summary>The order in which items were written down.</summary>
    public long Seq { get; init; }

    public ItemState State { get; init; } = ItemState.Holds;

    /// <summary>The item that this one corrects.</summary>
    public Guid? Replaces { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    /// <summary>Why it was corrected or withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>Prints no place: where somebody was is theirs.</summary>
    public override string ToString() => $"itinerary item {Id:N}";
}
