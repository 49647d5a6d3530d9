using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases.Reading;

/// <summary>The rows that a text leaves: the sealed text, its stays, what was not understood.</summary>
static class KeptRows
{
    public static readonly Table<TextRow> Texts = new("itinerary_text",
        new("owner", ColumnType.Text, r => r.Owner, Key: true), new("id", ColumnType.Uuid, r => r.Id, Key: true),
            new("case_id", ColumnType.Uuid, r => r.Case),
        new("body", ColumnType.Bytes, r => r.Body), new("at", ColumnType.Big, r => r.At), new("actor", ColumnType.Text, r => r.Actor));

    public static readonly Table<UnreadRow> Unread = new("itinerary_unread",
        new("owner", ColumnType.Text, r => r.Owner, Key: true), new("text_id", ColumnType.Uuid, r => r.Text, Key: true),
        new("seq", ColumnType.Big, r => r.Seq, Key: true), new("words_from", ColumnType.Big, r => (long)r.Words.From),
        new("words_to", ColumnType.Big, r => (long)r.Words.To), new("reason", ColumnType.Text, r => r.Reason));

    public static readonly Table<ItemRow> Items = new("itinerary_item",
        new("owner", ColumnType.Text, r => r.Owner, Key: true), new("id", ColumnType.Uuid, r => r.Id, Key: true),
            new("case_id", ColumnType.Uuid, r => r.Case),
        new("seq", ColumnType.Big, r => r.Seq), new("on_day", ColumnType.Text, r => r.Day), new("from_at", ColumnType.Big, r => r.From),
        new("to_at", ColumnType.Big, r => r.To), new("about", ColumnType.Small, r =>
            (short)(r.Stay.Time.About || r.Stay.Time.Follows ? 1 : 0)),
        new("day_part", ColumnType.Small, r => (short)r.Part), new("place", ColumnType.Text, r => r.Venue is null ? r.Place : null),
            new("venue", ColumnType.Uuid, r => r.Venue),
        new("place_text", ColumnType.Text, r => r.PlaceText), new("sub_area", ColumnType.Text, r => r.Stay.SubArea),
        new("activity", ColumnType.Text, r => r.Stay.Activity),
            new("transport", ColumnType.Small, r => (short)(r.Ride?.Transport ?? TransportKind.None)),
        new("vehicle_no", ColumnType.Text, r => r.VehicleNo), new("coach", ColumnType.Text, r => r.Ride?.Coach),
        new("seat_row", ColumnType.Text, r => r.Seat?.Row), new("seat", ColumnType.Text, r => r.SeatLetters),
        new("protection", ColumnType.Small, r => (short)r.Stay.Protection),
            new("closed_loop", ColumnType.Small, r => (short)r.Stay.ClosedLoop),
        new("source", ColumnType.Small, r => (short)r.Source), new("words_from", ColumnType.Big, r => (long)r.Stay.Words.From),
        new("words_to", ColumnType.Big, r => (long)r.Stay.Words.To), new("text_id", ColumnType.Uuid, r => r.Text),
        new("state", ColumnType.Small, _ => (short)ItemState.Holds), new("replaces", ColumnType.Uuid, _ => null),
        new("at", ColumnType.Big, r => r.At), new("actor", ColumnType.Text, r => r.Actor), new("reason", ColumnType.Text, _ => null));

    public sealed record TextRow(string Owner, Guid Id, Guid Case, byte[] Body, DateTimeOffset At, string Actor);

    public sealed record UnreadRow(string Owner, Guid Text, long Seq, TextWords Words, string Reason);

    public sealed record ItemRow(
        string Owner, Guid Id, Guid Case, Guid Text, long Seq, ReadStay Stay, string? Place, ItinerarySource Source, LocalDays Days,
            DateTimeOffset At, string Actor)
    {
        public string Day => Stay.Time.Day!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>Days without a time of the clock are whole days: from the begin of the first to the end of the last.</summary>
        public DateTimeOffset? From => Stay.Time.From is { } from ? Instant(Stay.Time.Day!.Value, from) : Stay.Time.LastDay is null ? null
            : Days.StartOf(Stay.Time.Day!.Value);

        public DateTimeOffset? To => Stay.Time.To is { } to ? Instant(Stay.Time.LastDay ?? Stay.Time.Day!.Value, to)
            : Stay.Time is { LastDay: { } last, From: null } ? Days.EndOf(last) : null;

        public DayPart Part => Stay.Time is { Part: DayPart.None, From: null, To: null, Follows: false } ? DayPart.WholeDay
            : Stay.Time.Part;

        /// <summary>A venue's id stands where a place's code would.</summary>
        public Guid? Venue => Guid.TryParse(Place, out var venue) ? venue : null;

        public Ride? Ride => Stay.Rides.Count > 0 ? Stay.Rides[0] : null;

        public RideSeat? Seat => Ride is { Seats: [var seat, ..] } ? seat : null;

        public string? SeatLetters => Seat is null ? null : string.Join('/', Ride!.Seats.Select(s => s.Letter));

        public string? VehicleNo => Stay.Rides.Any(r => r.Number is not null)
            ? string.Join('、', Stay.Rides.Where(r => r.Number is not null).Select(r => r.Number)) : null;

        /// <summary>As it was said; for home, work and rides the kind's own word.</summary>
        public string PlaceText => Stay.Place ?? Stay.PlaceKind switch
        {
            PlaceKind.Home => "家",
            PlaceKind.Work => "单位",
            PlaceKind.Vehicle => Ride?.Route ?? VehicleNo ?? "车上",
            PlaceKind.Quarantine => "隔离点",
            PlaceKind.OtherHome => "他人家中",
            PlaceKind.None or PlaceKind.Named => "",
        };

        DateTimeOffset Instant(DateOnly day, TimeOnly time) => Days.StartOf(day) + time.ToTimeSpan();
    }
}
