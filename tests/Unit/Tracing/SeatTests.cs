using Qipan.Protocols;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Unit.Tracing;

/// <summary>The transport rules of domain 2.2 on seats as tickets print them.</summary>
[Trait("area", "tracing")]
public sealed class SeatTests
{
    static readonly TransportRule Rule = ProtocolBook.Load().Value.Resolve("COVID-19", "220204", new DateOnly(2022, 3, 20)).Value.Transport.Value.Rule;

    static VehicleMeeting Meet(VehicleKind vehicle, string index, string other, bool crew = false) =>
        VehicleMeeting.Of(Rule.For(vehicle)!, Seat.Parse(index)!, Seat.Parse(other)! with { Crew = crew });

    [Theory]
    [InlineData("05车12F号", "5", 12, "F")]
    [InlineData("12F", null, 12, "F")]
    [InlineData("5-12F", "5", 12, "F")]
    [InlineData("Coach 5, seat 12F", "5", 12, "F")]
    [InlineData("08车03号下铺", "8", 3, "下")]
    [InlineData("11车厢 118号", "11", 118, null)]
    [InlineData("37", null, 37, null)]
    public void Seats_are_read_as_tickets_print_them(string text, string? coach, int row, string? letter) =>
        Assert.Equal(new Seat(coach, row, letter), Seat.Parse(text));

    [Theory]
    // High-speed train, second class: the whole coach, and its crew.
    [InlineData(VehicleKind.TrainSealed, "05车12F号", "05车01A号", true)]
    [InlineData(VehicleKind.TrainSealed, "05车12F号", "06车12F号", false)]
    // Soft sleeper RW25G: berths 9 to 12 are the third compartment.
    [InlineData(VehicleKind.TrainSleeper, "04车9号", "04车12号", true)]
    [InlineData(VehicleKind.TrainSleeper, "04车9号", "04车8号", false)]
    [InlineData(VehicleKind.TrainSleeper, "04车9号", "05车10号", false)]
    // Ordinary coach YZ25G: 50 to 59 face each other; the bays beside are 40 to 49 and 60 to 69.
    [InlineData(VehicleKind.TrainOrdinary, "08车55号", "08车59号", true)]
    [InlineData(VehicleKind.TrainOrdinary, "08车55号", "08车41号", true)]
    [InlineData(VehicleKind.TrainOrdinary, "08车55号", "08车69号", true)]
    [InlineData(VehicleKind.TrainOrdinary, "08车55号", "08车39号", false)]
    [InlineData(VehicleKind.TrainOrdinary, "08车55号", "08车70号", false)]
    [InlineData(VehicleKind.TrainOrdinary, "08车3号", "08车12号", true)]
    // Hard sleeper YW25G: numbers 7 and 8 face each other.
    [InlineData(VehicleKind.TrainOrdinary, "13车7号中铺", "13车8号上铺", true)]
    [InlineData(VehicleKind.TrainOrdinary, "13车7号中铺", "13车10号下铺", true)]
    [InlineData(VehicleKind.TrainOrdinary, "13车7号中铺", "13车11号下铺", false)]
    // Aircraft: the row and three before and after.
    [InlineData(VehicleKind.Aircraft, "31K", "28A", true)]
    [InlineData(VehicleKind.Aircraft, "31K", "34C", true)]
    [InlineData(VehicleKind.Aircraft, "31K", "35C", false)]
    [InlineData(VehicleKind.CoachVentilated, "7", "10", true)]
    [InlineData(VehicleKind.CoachVentilated, "7", "11", false)]
    [InlineData(VehicleKind.CoachSealed, "7", "44", true)]
    [InlineData(VehicleKind.Ship, "512", "512", true)]
    [InlineData(VehicleKind.Ship, "512", "514", false)]
    public void Who_meets_whom_in_a_vehicle_is_as_the_plan_says(VehicleKind vehicle, string index, string other, bool contact)
    {
        var meeting = Meet(vehicle, index, other);
        Assert.Equal(contact, meeting.IsContact);
        Assert.True(meeting.Certain);
    }

    [Fact]
    public void Crew_counts_where_it_served_and_a_seat_that_is_not_known_leaves_nobody_out()
    {
        Assert.True(Meet(VehicleKind.TrainSealed, "05车12F号", "05车1A", crew: true).IsContact);
        Assert.False(Meet(VehicleKind.TrainSealed, "05车12F号", "09车1A", crew: true).IsContact);
        Assert.True(Meet(VehicleKind.CoachVentilated, "7", "40", crew: true).IsContact);
        var unknown = VehicleMeeting.Of(Rule.For(VehicleKind.TrainSealed)!, Seat.Parse("05车12F号")!, new Seat(null, null));
        Assert.True(unknown.IsContact);
        Assert.False(unknown.Certain);
    }
}
