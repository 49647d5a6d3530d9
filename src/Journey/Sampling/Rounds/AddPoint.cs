using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A sampling point 采样点 is set up.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Place">County level or finer.</param>
/// <param name="Desks">采样台.</param>
/// <param name="Capacity">Persons an hour.</param>
/// <param name="Lat">Degrees north, WGS 84.</param>
/// <param name="Lon">Degrees east.</param>
public sealed record AddPoint(string? Name, string? Place, int Desks, int Capacity, double? Lat = null, double? Lon = null);

/// <summary>The new point's id.</summary>
public sealed record AddedPoint(string Owner, Guid Id);

public sealed class AddPointHandler(Store store)
{
    public async Task<Outcome<AddedPoint>> Handle(Caller caller, AddPoint command)
    {
        var place = PlaceCode.Parse(command.Place);
        if (!place.Ok)
            return place.Refusal;
        if (command.Name?.Trim() is not { Length: >= 1 and <= 60 } name || place.Value.Level < PlaceLevel.County
            || command.Desks is < 1 or > 200 || command.Capacity is < 1 or > 100_000
            || command.Lat is < -90 or > 90 || command.Lon is < -180 or > 180)
            return new PointWrong();
        if (caller.Must(Permission.RunRounds, place.Value.Value) is { Ok: false } no)
            return no.Refusal;
        var owner = place.Value.Owner;
        return await store.Write(new WriteScope(caller.Actor, owner), session =>
        {
            var id = session.NewId();
            session.Execute("""
                INSERT INTO sampling_point (owner, id, name, place, desks, capacity, lat, lon, state)
                VALUES (@owner, @id, @name, @place, @Desks, @Capacity, @Lat, @Lon, 1)
                """, new { owner, id, name, place = place.Value.Value, command.Desks, command.Capacity, command.Lat, command.Lon });
            session.Trail(owner, "add_point", new Ref("point", id), detail: new { place = place.Value.Value, command.Desks, command.Capacity });
            return Outcome.Of(new AddedPoint(owner, id));
        });
    }
}
