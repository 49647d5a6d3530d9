using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A row of <c>itinerary_item</c>: one stay of a case 轨迹. Rows are never overwritten; a correction is a new row.</summary>
public sealed record ItineraryRow
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

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid CaseId { get; init; }

    /// <summary>The order in which items were written down.</summary>
    public long Seq { get; init; }

    /// <summary>The local day on which it began.</summary>
    public DateOnly OnDay { get; init; }

    /// <summary>Null: only the part of the day is known.</summary>
    public DateTimeOffset? FromAt { get; init; }

    public DateTimeOffset? ToAt { get; init; }

    /// <summary>The times are about right.</summary>
    public bool About { get; init; }

    public DayPart DayPart { get; init; }

    /// <summary>Place code, where the place is registered.</summary>
    public string? Place { get; init; }

    public Guid? Venue { get; init; }

    /// <summary>The place as it was said.</summary>
    public string PlaceText { get; init; } = "";

    public string? SubArea { get; init; }

    public string? Activity { get; init; }

    public TransportKind Transport { get; init; }

    /// <summary>Flight, train, plate.</summary>
    public string? VehicleNo { get; init; }

    public string? Coach { get; init; }

    public string? SeatRow { get; init; }

    public string? Seat { get; init; }

    public Protection Protection { get; init; }

    /// <summary>Whether it was inside a closed loop 闭环, and whether that was kept.</summary>
    public LoopState ClosedLoop { get; init; }

    public ItinerarySource Source { get; init; } = ItinerarySource.Recall;

    /// <summary>The words that it stands on, counted in characters of the text.</summary>
    public int? WordsFrom { get; init; }

    public int? WordsTo { get; init; }

    public Guid? TextId { get; init; }

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
