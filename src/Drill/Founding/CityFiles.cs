using System.Globalization;
using System.Text;
using Qipan.Drill.City;

namespace Qipan.Drill.Founding;

/// <summary>The city as the files that a real city would bring: its places and its register of persons.</summary>
static class CityFiles
{
    /// <summary>Parents before children.</summary>
    public static string Places(FictionalCity city)
    {
        var file = new StringBuilder("code,name,name_en,lat,lon\n");
        foreach (var place in city.Places)
            file.Append(CultureInfo.InvariantCulture, $"{place.Code},{place.Name},{place.EnglishName},{place.Latitude:F5},{place.Longitude:F5}\n");
        return file.ToString();
    }

    public static string Persons(FictionalCity city)
    {
        var file = new StringBuilder("name,doc_no,birth,sex,phone,residence,household,special_groups\n");
        foreach (var (household, citizen) in city.People)
            file.Append(CultureInfo.InvariantCulture,
                $"{citizen.Name},{citizen.Document},{citizen.Birth:yyyy-MM-dd},{citizen.Sex},{citizen.Phone},{household.Room},{household.Number},"
                + $"{string.Join(';', citizen.SpecialGroups)}\n");
        return file.ToString();
    }
}
