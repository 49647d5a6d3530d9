using Qipan.Kernel.Codes;

namespace Qipan.Situation;

/// <summary>The region that figures are of: a place code and everything below it. Empty is the whole deployment.</summary>
public readonly record struct Region(string Code)
{
    /// <summary>The first code after every code in the region.</summary>
    public string Beyond => Code.Length <= 12 ? Code + "~" : Code + "/";

    /// <summary>The counties as SQL conditions on <c>owner</c> take them: from, and the first that is no more in it.</summary>
    public (string From, string Beyond) Owners => Code.Length >= 6 ? (Code[..6], Code[..6] + "!") : (Code, Code + "~");

    /// <summary>The level by which its figures are broken down.</summary>
    public PlaceLevel Below => Code.Length switch
    {
        < 2 => PlaceLevel.Province,
        < 4 => PlaceLevel.City,
        < 6 => PlaceLevel.County,
        < 9 => PlaceLevel.Street,
        < 12 => PlaceLevel.Community,
        _ => PlaceLevel.Building,
    };

    /// <summary>How many characters of a code are those of a level; the code as it is below a community.</summary>
    public static int Digits(PlaceLevel level) => level switch
    {
        PlaceLevel.Province => 2,
        PlaceLevel.City => 4,
        PlaceLevel.County => 6,
        PlaceLevel.Street => 9,
        PlaceLevel.Community => 12,
        _ => 80,
    };

    /// <summary>The part of a place's code that lies one step below this region: of a room in a community its building.</summary>
    public string Part(string place)
    {
        if (Code.Length < 12)
            return place[..Math.Min(place.Length, Digits(Below))];
        var building = place.IndexOf(".b", Math.Min(Code.Length, place.Length), StringComparison.Ordinal);
        var end = building < 0 ? place.Length : place.IndexOf('.', building + 1);
        return end < 0 ? place : place[..end];
    }
}
