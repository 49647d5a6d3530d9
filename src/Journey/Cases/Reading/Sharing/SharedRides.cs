using Qipan.Protocols;

namespace Qipan.Cases.Reading;

/// <summary>
/// Rides in one vehicle 同乘: the number and the day say which, the protocol's transport rule says how far contact reaches in it. A bus or
/// metro line's number is many vehicles and proposes nothing.
/// </summary>
static class SharedRides
{
    public static List<SharedExposure> Find(List<SharingPerson> people, TransportRule rule)
    {
        var rides = from person in people
                    from stay in person.Person.Stays
                    from ride in stay.Rides
                    where ride.Number is not null && stay.Time.Day is not null && Kind(ride) is not null
                    select (Person: person, Stay: stay, Ride: ride);
        var found = new Dictionary<(int, int, string, DateOnly), SharedExposure>();
        foreach (var vehicle in rides.GroupBy(r => (Number: r.Ride.Number!, Day: r.Stay.Time.Day!.Value)).Where(g => g.Count() > 1))
        {
            var list = vehicle.Take(500).ToList();
            for (var i = 0; i < list.Count; i++)
                for (var k = i + 1; k < list.Count; k++)
                    if (list[i].Person != list[k].Person && Shared(list[i], list[k], rule) is { } shared)
                        found.TryAdd((shared.First, shared.Second, vehicle.Key.Number, vehicle.Key.Day), shared);
        }
        return [.. found.Values];
    }

    static SharedExposure? Shared((SharingPerson Person, ReadStay Stay, Ride Ride) a, (SharingPerson Person, ReadStay Stay, Ride Ride) b,
        TransportRule rule)
    {
        if (a.Person.Index > b.Person.Index)
            (a, b) = (b, a);
        if (Kind(a.Ride) is not { } kind || rule.For(kind) is not { } reach || a.Stay.Time.Span is not { } span
            || b.Stay.Time.Span is not { } other || !span.Overlaps(other))
            return null;
        var (strength, reason, chinese) = Reach(a.Ride, b.Ride, reach);
        if (strength is not { } found)
            return null;
        var what = a.Ride.Coach is { } coach
            ? $"{a.Ride.Number} {coach}车{string.Join('/', a.Ride.Seats.Concat(b.Ride.Seats).Select(s => s.Row + s.Letter).Distinct())}"
            : a.Ride.Number!;
        return new SharedExposure(a.Person.Index, b.Person.Index, SharedExposureKind.Vehicle, found, what, a.Stay.Time.Day,
            SharedPlaces.Meet(span, other),
            [a.Stay.Words], [b.Stay.Words], reason, chinese);
    }

    static (ExposureStrength? Strength, string Reason, string Chinese) Reach(Ride a, Ride b, VehicleReach reach)
    {
        var rows = a.Seats.SelectMany(x => b.Seats.Select(y => Distance(x.Row, y.Row))).Where(d => d is not null).DefaultIfEmpty(null)
            .Min();
        var coachKnown = a.Coach is not null && b.Coach is not null;
        if (coachKnown && a.Coach != b.Coach && reach.Reach is not ContactReach.Everybody)
            return (null, "", "");
        if (rows == 0 && (coachKnown || reach.Reach is ContactReach.Rows or ContactReach.Everybody))
            return (ExposureStrength.Certain, "Same vehicle, same row.", "同乘一车，同排座位。");
        return reach.Reach switch
        {
            ContactReach.Everybody => (ExposureStrength.Certain, "Same vehicle: the rule counts everybody in it.", "同乘一车，按规则全车均计。"),
            ContactReach.Coach => coachKnown
                ? (ExposureStrength.Certain, "Same coach of one train: the rule counts the whole coach.", "同一车厢，按规则全车厢均计。")
                : (ExposureStrength.Possible, "Same train; a coach is not known.", "同乘一列车，车厢不详。"),
            ContactReach.Rows or ContactReach.Bays when rows is { } apart => apart <= Math.Max(reach.Before ?? 0, reach.After ?? 0)
                ? (ExposureStrength.Certain, "Seats within the rows that the rule counts.", "座位在规则所计的排数之内。") : (null, "", ""),
            ContactReach.Rows or ContactReach.Bays or ContactReach.Compartment or ContactReach.Cabin =>
                (ExposureStrength.Possible, "Same vehicle; the seats are not known.", "同乘一车，座位不详。"),
        };
    }

    static int? Distance(string a, string b) => int.TryParse(a, out var x) && int.TryParse(b, out var y) ? Math.Abs(x - y) : null;

    /// <summary>The rule's kind of the vehicle; null for lines, taxis without a plate, cars.</summary>
    static VehicleKind? Kind(Ride ride) => ride.Transport switch
    {
        TransportKind.Aircraft => VehicleKind.Aircraft,
        TransportKind.Train => ride.Number is ['G' or 'D' or 'C', ..] ? VehicleKind.TrainSealed : VehicleKind.TrainOrdinary,
        TransportKind.Coach or TransportKind.Taxi or TransportKind.PrivateCar
            or TransportKind.Other when ride.Number!.Contains('*', StringComparison.Ordinal) => null,
        TransportKind.Coach or TransportKind.Taxi or TransportKind.PrivateCar or TransportKind.Other => VehicleKind.CoachSealed,
        TransportKind.Ship => VehicleKind.Ship,
        _ => null,
    };
}
