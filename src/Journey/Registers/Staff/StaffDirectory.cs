using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// Signs staff in and out and says who stands behind a token. Safe for all threads. A session ended on another node is noticed
/// within a second.
/// </summary>
public sealed class StaffDirectory(Store store, RegistersSettings settings)
{
    const int MostRemembered = 20_000;

    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    /// <summary>Compared with when there is no such login, so that the answer takes as long.</summary>
    static readonly string NobodysHash = Passwords.HashOf("nobody's password");

    readonly ConcurrentDictionary<Guid, (Caller? Caller, DateTimeOffset At)> remembered = new();

    /// <summary>
    /// Starts a session. A wrong login and a wrong password are the same refusal; after several wrong passwords the account waits
    /// (<c>sign_in_locked</c>, with the time).
    /// </summary>
    public async Task<Outcome<SignedIn>> SignIn(string login, string password)
    {
        var staff = store.Read(s => StaffRow.ByLogin(s, login));
        var now = store.Clock.GetUtcNow();
        if (staff?.LockedUntil is { } until && until > now)
            return new SignInLocked { RetryAfterSeconds = (int)Math.Ceiling((until - now).TotalSeconds) };
        // Hashing takes long on purpose and stays off the writer.
        var right = Passwords.Fits(staff?.PasswordHash ?? NobodysHash, password) && staff is { State: StaffState.Active };
        if (staff is null)
            return new SignInWrong();
        var scope = new WriteScope(new Actor(ActorKind.Staff, staff.Id), staff.Owner);
        if (!right)
        {
            await store.Write(scope, session => Outcome.Of(NoteWrong(session, staff)));
            return new SignInWrong();
        }
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var started = await store.Write(scope, session => Begin(session, staff, token));
        return started.Ok ? new SignedIn(token, started.Value, CallerOf(token)!) : started.Refusal;
    }

    /// <summary>The caller behind a session token; null for an unknown, ended or expired one.</summary>
    public Caller? CallerOf(string token)
    {
        var key = HashOf(token);
        var now = store.Clock.GetUtcNow();
        if (remembered.TryGetValue(key, out var known) && (now - known.At).Duration() < Remembered)
            return known.Caller;
        var caller = store.Read(session => Find(session, key, now));
        if (remembered.Count > MostRemembered)
            remembered.Clear();
        remembered[key] = (caller, now);
        return caller;
    }

    /// <summary>Ends the session of this token; an unknown one is as good as ended.</summary>
    public async Task<Outcome<Done>> SignOut(string token)
    {
        var key = HashOf(token);
        var row = store.Read(s => s.One<SessionRow>("SELECT * FROM staff_session WHERE token_hash = @key", new { key }));
        if (row is not null)
        {
            var ended = await store.Write(new WriteScope(new Actor(ActorKind.Staff, row.Staff), row.Owner), session => Outcome.Of(session.Execute(
                "UPDATE staff_session SET ended_at = @Now WHERE owner = @Owner AND token_hash = @key AND ended_at IS NULL",
                new { session.Now, row.Owner, key })));
            if (!ended.Ok)
                return ended.Refusal;
        }
        remembered.TryRemove(key, out _);
        return Done.Value;
    }

    /// <summary>True while no account exists: the first one is made on the server's machine.</summary>
    public bool IsEmpty() => store.Read(s => s.Scalar<long>("SELECT COUNT(*) FROM (SELECT 1 FROM staff LIMIT 1) AS any_staff")) == 0;

    /// <summary>Forgets what is remembered, after grants were changed on this node.</summary>
    internal void Forget() => remembered.Clear();

    Outcome<DateTimeOffset> Begin(WriteSession session, StaffRow staff, string token)
    {
        var expires = session.Now.AddHours(settings.SessionHours);
        session.Execute("UPDATE staff SET wrong = 0, locked_until = NULL WHERE owner = @Owner AND id = @Id", new { staff.Owner, staff.Id });
        session.Execute("DELETE FROM staff_session WHERE owner = @Owner AND staff = @Id AND expires_at < @Now", new { staff.Owner, staff.Id, session.Now });
        session.Insert(SessionRow.Rows, [new SessionRow
        {
            Owner = staff.Owner,
            TokenHash = HashOf(token),
            Staff = staff.Id,
            CreatedAt = session.Now,
            ExpiresAt = expires,
        }]);
        session.Trail(staff.Owner, "sign_in", new Ref("staff", staff.Id));
        return expires;
    }

    int NoteWrong(WriteSession session, StaffRow staff)
    {
        var wrong = session.Scalar<long>("SELECT wrong FROM staff WHERE owner = @Owner AND id = @Id", new { staff.Owner, staff.Id }) + 1;
        DateTimeOffset? until = null;
        if (wrong >= settings.WrongPasswords)
        {
            var doubled = Math.Min(wrong - settings.WrongPasswords, 16);
            until = session.Now + TimeSpan.FromMinutes(Math.Min(24 * 60, settings.LockMinutes * Math.Pow(2, doubled)));
            session.Trail(staff.Owner, "lock_account", new Ref("staff", staff.Id), detail: new { wrong, until });
        }
        return session.Execute("UPDATE staff SET wrong = @wrong, locked_until = @until WHERE owner = @Owner AND id = @Id",
            new { wrong, until, staff.Owner, staff.Id });
    }

    /// <summary>
    /// The member of staff in whose name a command on the server's own machine acts, as `import lab-results --run-by` does: whoever runs
    /// it holds the data folder anyway. Null when no such account is at work. What is done stands in the trail under this name.
    /// </summary>
    public static Caller? Named(Session session, string login) =>
        StaffRow.ByLogin(session, StaffRow.LoginOf(login)) is { State: StaffState.Active } staff ? CallerOf(session, staff) : null;

    static Caller? Find(Session session, Guid key, DateTimeOffset now)
    {
        var row = session.One<SessionRow>("SELECT * FROM staff_session WHERE token_hash = @key AND ended_at IS NULL AND expires_at > @now", new { key, now });
        if (row is null || StaffRow.ById(session, row.Staff) is not { State: StaffState.Active } staff)
            return null;
        return CallerOf(session, staff);
    }

    static Caller? CallerOf(Session session, StaffRow staff)
    {
        var grants = GrantRow.Of(session, staff.Owner, staff.Id).ConvertAll(g => new Grant(g.Role, g.Territory));
        return grants.Count == 0 ? null : new Caller(new Actor(ActorKind.Staff, staff.Id), new UnitId(staff.Unit), staff.Owner, grants);
    }

    static Guid HashOf(string token)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>A session that has begun.</summary>
/// <param name="Token">Shown this once; only its hash is kept.</param>
/// <param name="Expires">When it ends by itself.</param>
/// <param name="Caller">Who it stands for.</param>
public sealed record SignedIn(string Token, DateTimeOffset Expires, Caller Caller);

/// <summary>Wrong login or password.</summary>
public sealed record SignInWrong() : Refusal("sign_in_wrong", RefusalKind.NotSignedIn,
    "Login or password is wrong, or the account is closed.", "账号或密码错误，或账号已停用。");

/// <summary>Too many wrong passwords in a row.</summary>
public sealed record SignInLocked() : Refusal("sign_in_locked", RefusalKind.Busy,
    "Too many wrong passwords in a row. Wait for the time given, or ask the administrator.", "连续多次密码错误，请在所示时间后重试，或联系管理员。");
