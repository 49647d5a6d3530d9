using System.Text;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>A household 户 as kept.</summary>
sealed record HouseholdRow
{
    public static readonly Table<HouseholdRow> Rows = new("household",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("unit_code", ColumnType.Text, r => r.UnitCode),
        new("head", ColumnType.Uuid, r => r.Head),
        new("phone_key", ColumnType.Uuid, r => r.PhoneKey),
        new("created_at", ColumnType.Big, r => r.CreatedAt));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The room, or the place with the household's number: …|12.</summary>
    public required string UnitCode { get; init; }

    /// <summary>The first adult who was registered, until somebody says otherwise.</summary>
    public Guid? Head { get; init; }

    /// <summary>The shared phone, if there is one.</summary>
    public Guid? PhoneKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Which household somebody belongs to.</summary>
static class Households
{
    /// <summary>
    /// The unit of a household: the room, or the residence with the household's number. Null where neither is known: people of a
    /// whole building are no household.
    /// </summary>
    public static string? UnitOf(string residence, string number) => number.Length > 0 ? $"{residence}|{number}"
        : PlaceCode.LevelOf(residence) == PlaceLevel.Room ? residence : null;

    /// <summary>The id of the unit's household: a function of the unit, so that every file and device names the same one.</summary>
    public static Guid IdOf(string unit)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("qipan household " + unit), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
