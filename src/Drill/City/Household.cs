namespace Qipan.Drill.City;

/// <summary>A place of the fictional city, from the province down to the entrance.</summary>
/// <param name="Code">As the place tree writes it: digits to the community, dotted segments below.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="EnglishName">English name.</param>
/// <param name="Latitude">Degrees north, of the drill's own geometry; null above the community.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Cell">Its shape on the drill's own ground; null where it has none.</param>
public sealed record CityPlace(string Code, string Name, string EnglishName, double? Latitude = null, double? Longitude = null, Cell? Cell = null)
{
    /// <summary>A place of a shape: its point is the middle.</summary>
    public static CityPlace Of(string code, string name, string english, Cell cell)
    {
        var (longitude, latitude) = Ground.Middle(cell);
        return new CityPlace(code, name, english, latitude, longitude, cell);
    }
}

/// <summary>A household 户 in one room.</summary>
public sealed record Household(int Number, string Room, IReadOnlyList<Citizen> Members, string Phone);

/// <summary>An invented person. Nothing here belongs to anybody: the document's division code is assigned to no county.</summary>
/// <param name="Number">1, 2, 3 … in the city.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="Sex">GB/T 2261.1: 1 male, 2 female.</param>
/// <param name="Birth">Day of birth.</param>
/// <param name="Document">18 characters after GB 11643 with a right check character.</param>
/// <param name="Phone">The own number, or the household's where there is none.</param>
/// <param name="SpecialGroups">Words of the register: dialysis, pregnant, living_alone …</param>
public sealed record Citizen(
    int Number, string Name, int Sex, DateOnly Birth, string Document, string Phone, IReadOnlyList<string> SpecialGroups);
