using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>A staff account's id.</summary>
public readonly record struct StaffId(Guid Value) : IId<StaffId>
{
    public static StaffId Of(Guid value) => new(value);
}

/// <summary>Whether somebody may sign in. The numbers reach disk: append only.</summary>
enum StaffState
{
    Active = 1,

    /// <summary>Left or suspended; every session ended.</summary>
    Closed = 2,
}

/// <summary>A staff account 工作人员账号 as kept.</summary>
sealed record StaffRow
{
    public static readonly Table<StaffRow> Rows = new("staff",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("login", ColumnType.Text, r => r.Login),
        new("name", ColumnType.Text, r => r.Name),
        new("password_hash", ColumnType.Text, r => r.PasswordHash),
        new("unit", ColumnType.Uuid, r => r.Unit),
        new("state", ColumnType.Small, r => (short)r.State),
        new("wrong", ColumnType.Big, r => r.Wrong),
        new("locked_until", ColumnType.Big, r => r.LockedUntil),
        new("created_at", ColumnType.Big, r => r.CreatedAt));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    public required string Login { get; init; }

    public required string Name { get; init; }

    public required string PasswordHash { get; init; }

    public required Guid Unit { get; init; }

    public StaffState State { get; init; } = StaffState.Active;

    /// <summary>Wrong passwords since the last right one.</summary>
    public long Wrong { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Logins are compared in lower case.</summary>
    public static string LoginOf(string login) => login.Trim().ToLowerInvariant();

    public static StaffRow? ByLogin(Session session, string login) =>
        session.One<StaffRow>("SELECT * FROM staff WHERE login = @login", new { login = LoginOf(login) });

    public static StaffRow? ById(Session session, Guid id) => session.One<StaffRow>("SELECT * FROM staff WHERE id = @id", new { id });
}

/// <summary>One role that somebody holds within a territory.</summary>
sealed record GrantRow
{
    public static readonly Table<GrantRow> Rows = new("staff_grant",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("staff", ColumnType.Uuid, r => r.Staff, Key: true),
        new("role", ColumnType.Small, r => (short)r.Role, Key: true),
        new("territory", ColumnType.Text, r => r.Territory, Key: true),
        new("granted_by", ColumnType.Text, r => r.GrantedBy),
        new("granted_at", ColumnType.Big, r => r.GrantedAt));

    public required string Owner { get; init; }

    public required Guid Staff { get; init; }

    public required Role Role { get; init; }

    public required string Territory { get; init; }

    public required string GrantedBy { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    public static List<GrantRow> Of(Session session, string owner, Guid staff) =>
        session.Query<GrantRow>("SELECT * FROM staff_grant WHERE owner = @owner AND staff = @staff ORDER BY role, territory", new { owner, staff });
}

/// <summary>A sign-in; the token itself is nowhere kept.</summary>
sealed record SessionRow
{
    public static readonly Table<SessionRow> Rows = new("staff_session",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("token_hash", ColumnType.Uuid, r => r.TokenHash, Key: true),
        new("staff", ColumnType.Uuid, r => r.Staff),
        new("created_at", ColumnType.Big, r => r.CreatedAt),
        new("expires_at", ColumnType.Big, r => r.ExpiresAt),
        new("ended_at", ColumnType.Big, r => r.EndedAt));

    public required string Owner { get; init; }

    public required Guid TokenHash { get; init; }

    public required Guid Staff { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
