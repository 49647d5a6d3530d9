using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>
/// Who looked at whom, when and why (P-07). Each row's hash covers the row before it within its county, so a changed or removed
/// row shows. The only maker of a <see cref="Disclosure"/> that shows a person's data to anyone.
/// </summary>
public static class AccessLog
{
    /// <summary>Writes the access and gives the right to see.</summary>
    /// <param name="session">The unit; what is shown is shown after its commit.</param>
    /// <param name="owner">The county that is responsible for the person.</param>
    /// <param name="purpose">From the closed list (P-01).</param>
    /// <param name="action">view, search or export.</param>
    /// <param name="subject">Whose data; for a search or an export, what was asked.</param>
    /// <param name="fields">The names of the fields shown.</param>
    public static Disclosure Record(WriteSession session, string owner, Purpose purpose, string action, Ref subject, params IReadOnlyList<string> fields)
    {
        var last = session.One<Link>(
            "SELECT seq, hash FROM access_log WHERE owner = @owner ORDER BY seq DESC LIMIT 1", new { owner }) ?? new Link();
        var row = new Row
        {
            Owner = owner,
            Seq = last.Seq + 1,
            At = session.Now,
            Actor = session.Actor.ToString(),
            Purpose = purpose,
            Action = action,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            Fields = string.Join(',', fields),
        };
        session.Execute("""
            INSERT INTO access_log (owner, seq, at, actor, purpose, action, subject_kind, subject_id, fields, hash)
            VALUES (@Owner, @Seq, @At, @Actor, @Purpose, @Action, @SubjectKind, @SubjectId, @Fields, @Hash)
            """, new { row.Owner, row.Seq, row.At, row.Actor, row.Purpose, row.Action, row.SubjectKind, row.SubjectId, row.Fields, Hash = row.HashAfter(last.Hash) });
        return Disclosure.Logged(row.Actor, purpose);
    }

    /// <summary>The places where the chain does not hold: empty when nobody changed or removed a row.</summary>
    public static IEnumerable<string> Verify(Session session)
    {
        var hash = "";
        var owner = "";
        long seq = 0;
        foreach (var row in session.Stream<Row>("SELECT * FROM access_log ORDER BY owner, seq"))
        {
            if (row.Owner != owner)
                (owner, seq, hash) = (row.Owner, 0, "");
            if (row.Seq != seq + 1)
                yield return $"access_log {owner}: row {seq + 1} is missing before row {row.Seq}";
            if (row.Hash != row.HashAfter(hash))
                yield return $"access_log {owner}: row {row.Seq} was changed";
            (seq, hash) = (row.Seq, row.Hash);
        }
    }

    sealed class Link
    {
        public long Seq { get; init; }

        public string Hash { get; init; } = "";
    }

    sealed class Row
    {
        public string Owner { get; init; } = "";

        public long Seq { get; init; }

        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public Purpose Purpose { get; init; }

        public string Action { get; init; } = "";

        public string SubjectKind { get; init; } = "";

        public string SubjectId { get; init; } = "";

        public string Fields { get; init; } = "";

        public string Hash { get; init; } = "";

        public string HashAfter(string before) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            before, Owner, Seq.ToString(CultureInfo.InvariantCulture), At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            Actor, ((int)Purpose).ToString(CultureInfo.InvariantCulture), Action, SubjectKind, SubjectId, Fields))));
    }
}
