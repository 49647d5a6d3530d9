using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Adds compounds, buildings, entrances or rooms below communities that are in the tree.</summary>
/// <param name="Places">Parents before or after their children; at most 2,000.</param>
public sealed record AddPlaces(IReadOnlyList<NewPlace> Places);

/// <summary>One unit below a community.</summary>
public sealed record NewPlace(string Code, string Name, string? NameEn = null, string? Grid = null, double? Lat = null, double? Lon = null);

public sealed class AddPlacesHandler(Store store)
{
    const int Most = 2_000;

    /// <summary>All or nothing: a place that is there already is left as it is, one without its parent refuses the whole list.</summary>
    public async Task<Outcome<Done>> Handle(AddPlaces command, Caller caller)
    {
        if (command.Places.Count > Most)
            return new TooManyPlaces();
        var places = new List<Place>(command.Places.Count);
        foreach (var place in command.Places)
        {
            var code = PlaceCode.Parse(place.Code);
            if (!code.Ok)
                return code.Refusal;
            if (code.Value.Level <= PlaceLevel.Community)
                return new PlaceNotBelowCommunity();
            if (string.IsNullOrWhiteSpace(place.Name))
                return new PlaceNameMissing();
            if (caller.Must(Permission.EditPlaces, code.Value.Value) is { Ok: false } no)
                return no;
            places.Add(new Place
            {
                Code = code.Value.Value,
                Name = place.Name.Trim(),
                NameEn = place.NameEn,
                Grid = place.Grid,
                Lat = place.Lat,
                Lon = place.Lon,
            });
        }
        if (places.Count == 0)
            return Done.Value;
        return await store.Write(new WriteScope(caller.Actor, [.. places.Select(p => p.Owner).Distinct()]), session =>
        {
            var there = PlaceTree.ByCodes(session, [.. places.Select(p => p.Parent!)]);
            var own = places.Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
            if (places.Exists(p => !there.ContainsKey(p.Parent!) && !own.Contains(p.Parent!)))
                return new PlaceParentUnknown();
            var added = session.Insert(Place.Rows, places.DistinctBy(p => p.Code).ToList(), IfThere.Skip);
            PlaceTerms.Keep(session, places);
            foreach (var county in places.GroupBy(p => p.Owner))
                session.Trail(county.Key, "add_places", new Ref("place", county.First().Code), detail: new { places = county.Count(), added });
            return Outcome.Done;
        });
    }
}

/// <summary>Only what lies below a community is added by hand.</summary>
public sealed record PlaceNotBelowCommunity() : FieldRefusal("code", "place_not_below_community", RefusalKind.Invalid,
    "Places down to the community come from the official lists: import them. Add compounds, buildings, entrances and rooms below.",
    "社区及以上地点请导入官方代码；此处只添加小区、楼栋、单元和房间。");

/// <summary>More than one list may hold.</summary>
public sealed record TooManyPlaces() : Refusal("too_many_places", RefusalKind.TooLarge,
    "At most 2,000 places in one list. Send it in parts, or import a file.", "一次最多添加2000个地点，请分批提交或使用文件导入。");
