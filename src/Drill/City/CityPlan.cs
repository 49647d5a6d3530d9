namespace Qipan.Drill.City;

/// <summary>
/// The shape of a fictional city: how many of each level stand under one of the level above. The codes begin with 99, which
/// GB/T 2260 gives to no province, so nothing of the drill can be taken for a real place or a real person (P-31).
/// </summary>
public sealed record CityPlan
{
    /// <summary>棋山市 Qishan, 20,000 people in two districts: fills a laptop's demo in seconds.</summary>
    public static CityPlan County { get; } = new() { Name = "棋山市", EnglishName = "Qishan", Population = 20_000 };

    /// <summary>The same city with 200,000 people.</summary>
    public static CityPlan Town { get; } = County with { Population = 200_000, CommunitiesPerStreet = 10, CompoundsPerCommunity = 8 };

    public required string Name { get; init; }

    public required string EnglishName { get; init; }

    public required int Population { get; init; }

    /// <summary>Every run of one seed makes the same city.</summary>
    public int Seed { get; init; } = 20220321;

    public string Province { get; init; } = "99";

    public string CityCode { get; init; } = "9901";

    /// <summary>Six digits each, with the names that stand on the board.</summary>
    public IReadOnlyList<(string Code, string Name, string EnglishName)> Districts { get; init; } =
        [("990102", "城东区", "Chengdong"), ("990103", "河西区", "Hexi")];

    public int StreetsPerDistrict { get; init; } = 3;

    public int CommunitiesPerStreet { get; init; } = 4;

    public int CompoundsPerCommunity { get; init; } = 2;

    public int BuildingsPerCompound { get; init; } = 5;

    public int EntrancesPerBuilding { get; init; } = 3;

    public int FloorsPerEntrance { get; init; } = 7;

    public int RoomsPerFloor { get; init; } = 2;
}
