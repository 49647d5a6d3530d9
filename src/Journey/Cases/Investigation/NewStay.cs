namespace Qipan.Cases;

/// <summary>What is known of a stay 停留. Times are instants; without them the part of the day.</summary>
public record NewStay
{
    /// <summary>The local day on which it began.</summary>
    public required DateOnly OnDay { get; init; }

    /// <summary>Null: only the part of the day is known.</summary>
    public DateTimeOffset? FromAt { get; init; }

    public DateTimeOffset? ToAt { get; init; }

    /// <summary>The times are about right.</summary>
    public bool About { get; init; }

    public DayPart DayPart { get; init; }

    /// <summary>Place code, where the place is registered.</summary>
    public string? Place { get; init; }

    public Guid? Venue { get; init; }

    /// <summary>The place in words; may be empty only where a place, a venue or a vehicle is named.</summary>
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
}
