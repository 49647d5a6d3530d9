using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>A place 地点 of the tree, from the province to the room.</summary>
public sealed record Place
{
    internal static readonly Table<Place> Rows = new("place",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("code", ColumnType.Text, r => r.Code, Key: true),
        new("parent", ColumnType.Text, r => r.Parent),
        new("level", ColumnType.Small, r => (short)r.Level),
        new("name", ColumnType.Text, r => r.Name),
        new("name_en", ColumnType.Text, r => r.NameEn),
        new("official", ColumnType.Small, r => r.Official),
        new("grid", ColumnType.Text, r => r.Grid),
        new("lat", ColumnType.Real, r => r.Lat),
        new("lon", ColumnType.Real, r => r.Lon),
        new("population", ColumnType.Big, r => r.Population),
        new("valid_from", ColumnType.Text, r => r.ValidFrom),
        new("valid_to", ColumnType.Text, r => r.ValidTo));

    /// <summary>The county; "000000" above county level.</summary>
    public string Owner => PlaceCode.OwnerOf(Code);

    public required string Code { get; init; }

    public string? Parent => PlaceCode.ParentOf(Code);

    public PlaceLevel Level => PlaceCode.LevelOf(Code);

    public required string Name { get; init; }

    public string? NameEn { get; init; }

    /// <summary>
    /// 1 for GB/T 2260 and the statistical codes of streets and communities; 0 for development zones, which have a county's code
    /// in statistics and none in GB/T 2260, and for units below a community.
    /// </summary>
    public short Official { get; init; }

    /// <summary>The community's grid 网格, for compounds and buildings.</summary>
    public string? Grid { get; init; }

    public double? Lat { get; init; }

    public double? Lon { get; init; }

    /// <summary>Residents by the last census; counties only.</summary>
    public long? Population { get; init; }

    public string? ValidFrom { get; init; }

    public string? ValidTo { get; init; }

    /// <summary>
    /// Statistics number development zones of a city from 71 to 79, where GB/T 2260 has districts below 21, counties below 71 and
    /// county cities from 81 on (domain 3.1: 220172 净月, 220272 吉林高新).
    /// </summary>
    public static bool IsOfficial(string code) => code.Length <= 12 && !(code.Length == 6 && code[4] == '7' && code[5] != '0');
}
