using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>The outline 边界 of a place.</summary>
public sealed record PlaceShape
{
    internal static readonly Table<PlaceShape> Rows = new("place_shape",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("code", ColumnType.Text, r => r.Code, Key: true),
        new("level", ColumnType.Small, r => r.Level),
        new("shape", ColumnType.Text, r => r.Shape),
        new("points", ColumnType.Big, r => r.Points),
        new("min_lon", ColumnType.Real, r => r.MinLon),
        new("min_lat", ColumnType.Real, r => r.MinLat),
        new("max_lon", ColumnType.Real, r => r.MaxLon),
        new("max_lat", ColumnType.Real, r => r.MaxLat),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor));

    /// <summary>The county; "000000" above county level.</summary>
    public string Owner => PlaceCode.OwnerOf(Code);

    public required string Code { get; init; }

    public PlaceLevel Level => PlaceCode.LevelOf(Code);

    /// <summary>A GeoJSON geometry: Polygon or MultiPolygon, WGS 84, longitude first.</summary>
    public required string Shape { get; init; }

    public int Points { get; init; }

    public double MinLon { get; init; }

    public double MinLat { get; init; }

    public double MaxLon { get; init; }

    public double MaxLat { get; init; }

    public DateTimeOffset At { get; init; }

    internal string Actor { get; init; } = "";
}
