namespace Qipan.Drill.City;

/// <summary>What kind of community a plan builds.</summary>
public enum CityKind
{
    /// <summary>Households of families, schools, workplaces, shops, markets, buses.</summary>
    Town = 1,

    /// <summary>One campus 校园: dormitories, classes, canteens.</summary>
    Campus = 2,
}

/// <summary>
/// The shape of a fictional city: how many of each level stand under one of the level above. The codes begin with 99, which
/// GB/T 2260 gives to no province, so nothing of the drill can be taken for a real place or a real person (P-31).
/// </summary>
public sealed record CityPlan
{
    /// <summary>棋山市 Qishan with 20,000 people in two districts: set up in seconds; the tests and docs/way-of-a-sample.md use it.</summary>
    public static CityPlan County { get; } = new() { Name = "棋山市", EnglishName = "Qishan", Population = 20_000 };

    /// <summary>The whole city: 200,000 people in four districts, sixty communities with five desks each.</summary>
    public static CityPlan Town { get; } = County with
    {
        Population = 200_000,
        AgesByCensus = true,
        Districts =
        [
            ("990102", "城东区", "Chengdong"), ("990103", "河西区", "Hexi"), ("990104", "北岭区", "Beiling"), ("990105", "南湖区", "Nanhu"),
        ],
        CommunitiesPerStreet = 5,
        CompoundsPerCommunity = 8,
        DesksPerPoint = 5,
        DoorTeams = 12,
        Instruments = [7, 5, 7, 6],
        StreetNames =
        [
            ("站前街道", "Zhanqian"), ("文庙街道", "Wenmiao"), ("新华街道", "Xinhua"), ("临江街道", "Linjiang"), ("铁东街道", "Tiedong"), ("钟楼街道", "Zhonglou"),
            ("北岭街道", "Beiling"), ("松柏街道", "Songbai"), ("矿山街道", "Kuangshan"), ("南湖街道", "Nanhu"), ("荷塘街道", "Hetang"), ("学府街道", "Xuefu"),
        ],
        CommunityNames =
        [
            ("和平社区", "Heping"), ("团结社区", "Tuanjie"), ("幸福社区", "Xingfu"), ("光明社区", "Guangming"), ("向阳社区", "Xiangyang"), ("友谊社区", "Youyi"),
            ("兴盛社区", "Xingsheng"), ("长青社区", "Changqing"), ("杏花社区", "Xinghua"), ("花园社区", "Huayuan"), ("民主社区", "Minzhu"), ("安居社区", "Anju"),
        ],
    };

    /// <summary>棋山学院: one boarding campus of 3,000 in a district of its own.</summary>
    public static CityPlan Campus { get; } = new()
    {
        Kind = CityKind.Campus,
        Name = "棋山市",
        EnglishName = "Qishan",
        Population = 3_000,
        Districts = [("990106", "学府区", "Xuefu")],
        StreetNames = [("大学城街道", "College Town")],
        CommunityNames = [("棋山学院", "Qishan College")],
        StreetsPerDistrict = 1,
        CommunitiesPerStreet = 1,
        CompoundsPerCommunity = 3,
        BuildingsPerCompound = 4,
        EntrancesPerBuilding = 1,
        FloorsPerEntrance = 6,
        RoomsPerFloor = 10,
        DesksPerPoint = 5,
        DoorTeams = 3,
        Instruments = [3],
    };

    public CityKind Kind { get; init; } = CityKind.Town;

    public required string Name { get; init; }

    public required string EnglishName { get; init; }

    public required int Population { get; init; }

    /// <summary>Every run of one seed makes the same city.</summary>
    public int Seed { get; init; } = 20220321;

    public string Province { get; init; } = "99";

    public string CityCode { get; init; } = "9901";

    /// <summary>Whether every band of ages is that of the census; the small city of the documents keeps the people that they quote.</summary>
    public bool AgesByCensus { get; init; }

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

    /// <summary>Names of streets across the city, in order; numbers where there are none.</summary>
    public IReadOnlyList<(string Name, string EnglishName)> StreetNames { get; init; } = [];

    /// <summary>Names of communities, which begin again where they run out, as in real cities.</summary>
    public IReadOnlyList<(string Name, string EnglishName)> CommunityNames { get; init; } = [];

    /// <summary>Desks of the sampling point of a community.</summary>
    public int DesksPerPoint { get; init; } = 2;

    /// <summary>Teams of each district that swab at doors.</summary>
    public int DoorTeams { get; init; } = 6;

    /// <summary>Instruments of each district's laboratory, which begin again where they run out; one is short of them, so that its tubes wait.</summary>
    public IReadOnlyList<int> Instruments { get; init; } = [4, 3];
}
