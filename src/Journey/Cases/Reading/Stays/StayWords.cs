using Qipan.Kernel;

namespace Qipan.Cases.Reading;

/// <summary>What a rule word does to the stay that it belongs to.</summary>
static class StayWords
{
    public static void Apply(StayDraft stay, Token token, ReadingRun run)
    {
        switch (token.Kind)
        {
            case TokenKind.Activity or TokenKind.Indoors or TokenKind.Quarantined or TokenKind.Working or TokenKind.Symptom
                or TokenKind.Test:
                stay.Do(run.Of(token));
                stay.AmongOthers |= token.Kind == TokenKind.Activity
                    && token.Value is ActivityWords.AmongOthers or ActivityWords.Close or ActivityWords.Met;
                break;
            case TokenKind.SubArea:
                if (stay.Places is [{ SubArea: null } only])
                    stay.Places[0] = only with { SubArea = run.Of(token) };
                break;
            case TokenKind.Duration when stay.Time is { Day: { } day, From: { } from, To: null }:
                var end = day.ToDateTime(from).AddMinutes(token.Value);
                var last = DateOnly.FromDateTime(end);
                stay.Time = stay.Time with { To = TimeOnly.FromDateTime(end), LastDay = last == day ? null : last, About = true };
                break;
            case TokenKind.Transport:
                Ride(stay, (TransportKind)token.Value, null);
                break;
            case TokenKind.Vehicle when token.Data is VehicleData vehicle:
                Ride(stay, vehicle.Kind, vehicle.Number);
                break;
            case TokenKind.Plate when token.Data is string plate:
                Plate(stay, plate);
                break;
            case TokenKind.Seat when token.Data is SeatData seat:
                Seat(stay, seat);
                break;
            case TokenKind.Route:
                stay.Route = run.Of(token);
                for (var i = Math.Max(0, stay.Rides.Count - 4); i < stay.Rides.Count; i++)
                    stay.Rides[i] = stay.Rides[i] with { Route = stay.Rides[i].Route ?? stay.Route };
                break;
            case TokenKind.Protection:
                stay.Protection = (Protection)token.Value;
                break;
            case TokenKind.Loop:
                stay.Loop = LoopState.Held;
                break;
            case TokenKind.LoopEnd:
                stay.EndsLoop = true;
                break;
            case TokenKind.Relation when token.Value != (int)PersonRelation.Vehicle:
                stay.With.Add(new NamedPerson(token.Words, (PersonRelation)token.Value));
                break;
            case TokenKind.Name when run.Of(token) != run.Person.Name:
                Name(stay, token, run.Of(token));
                break;
            case TokenKind.CaseRef:
                stay.With.Add(new NamedPerson(token.Words, PersonRelation.Case, null, token.Data as string));
                break;
        }
    }

    /// <summary>次女郭某 is one person: a name right after a relation is theirs.</summary>
    static void Name(StayDraft stay, Token token, string name)
    {
        if (stay.With is [.., { Name: null, CaseNo: null } last] && last.Words.To == token.From)
            stay.With[^1] = last with { Words = last.Words.Until(token.Words), Name = Personal.Of(name) };
        else
            stay.With.Add(new NamedPerson(token.Words, PersonRelation.Unknown, Personal.Of(name)));
    }

    static void Ride(StayDraft stay, TransportKind kind, string? number)
    {
        // 乘坐 says that somebody rode; in what, the next word says. 列车 after D121 is the same ride.
        if (kind == TransportKind.None || (number is null && stay.Rides.Exists(r => r.Transport == kind
            || (kind == TransportKind.Other && r.Number is not null))))
            return;
        if (stay.Rides is [{ Number: null } only] && only.Transport == kind)
            stay.Rides[0] = only with { Number = number };
        else
            stay.Rides.Add(new Ride(kind, number, null, [], stay.Route));
    }

    static void Plate(StayDraft stay, string plate)
    {
        if (stay.Rides is [.., { Number: null } last])
            stay.Rides[^1] = last with { Number = plate };
        else
            stay.Rides.Add(new Ride(TransportKind.Other, plate, null, [], null));
    }

    static void Seat(StayDraft stay, SeatData seat)
    {
        if (stay.Rides.Count == 0)
            stay.Rides.Add(new Ride(TransportKind.Other, null, null, [], null));
        var ride = stay.Rides[^1];
        stay.Rides[^1] = ride with { Coach = seat.Coach.Length > 0 ? seat.Coach : ride.Coach, Seats = [.. ride.Seats, .. seat.Seats] };
    }
}
