using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Finds the venues that the rows of a file name: by id, by the number that files give it, or by name and place.</summary>
sealed class VenueLookup
{
    readonly Dictionary<Guid, VenueRow> byId;
    readonly ILookup<string, VenueRow> byNumber;
    readonly ILookup<string, VenueRow> byName;

    VenueLookup(IReadOnlyCollection<VenueRow> venues)
    {
        byId = venues.DistinctBy(v => v.Id).ToDictionary(v => v.Id);
        byNumber = byId.Values.Where(v => v.OutsideNo is not null).ToLookup(v => v.OutsideNo!, StringComparer.Ordinal);
        byName = byId.Values.ToLookup(v => v.NameKey, StringComparer.Ordinal);
    }

    public static VenueLookup Of(Session session, IReadOnlyCollection<(string Venue, string Name, string Place)> asked)
    {
        var numbers = asked.Select(a => a.Venue).Where(v => v.Length > 0).Distinct().ToList();
        var found = VenueRow.ByIds(session, [.. numbers.Select(n => Guid.TryParse(n, out var id) ? id : default).Where(id => id != default)]);
        found.AddRange(session.Each<VenueRow>("SELECT * FROM venue WHERE outside_no = @key", numbers));
        found.AddRange(session.Each<VenueRow>("SELECT * FROM venue WHERE name_key = @key", asked.Where(a => a.Venue.Length == 0 && a.Name.Length > 0)
            .Select(a => VenueRow.KeyOf(a.Name)).Distinct()));
        return new VenueLookup(found);
    }

    /// <summary>A number that is given decides; a name that several venues have needs a place.</summary>
    public Outcome<VenueRow> Find(string venue, string name, string place)
    {
        if (Guid.TryParse(venue, out var id) && byId.TryGetValue(id, out var exact))
            return exact;
        var many = venue.Length > 0 ? byNumber[venue] : byName[VenueRow.KeyOf(name)];
        var here = many.Where(v => place.Length == 0 || Kernel.Codes.PlaceCode.Covers(place, v.Place) || Kernel.Codes.PlaceCode.Covers(v.Place, place)).Take(2).ToList();
        return here switch
        {
            [var one] => one,
            [] => new VenueUnknown(),
            _ => new VenueAmbiguous(),
        };
    }
}
