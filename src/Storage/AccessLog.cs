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
    public static Disclosure Record(WriteSession session, string owner, Purpose purpose, string action, Ref subject, params IReadOnlyList<string> fields) =>
        RecordAll(session, owner, purpose, action, [subject], fields);

    /// <summary>As <see cref="Record"/> for many subjects of one act: a row each, so that everybody can ask who saw them.</summary>
    public static Disclosure RecordAll(
        WriteSession session, string owner, Purpose purpose, string action, IReadOnlyCollection<Ref> subjects, params IReadOnlyList<string> fields)
    {
        var last = session.One<Link>(
            "SELECT seq, hash FROM access_log WHERE owner = @owner ORDER BY seq DESC LIMIT 1", new { owner }) ?? new Link();
        var (seq, hash) = (last.Seq, last.Hash);
        var rows = new List<(Row Row, string Hash)>(subjects.Count);
        foreach (var subject in subjects)
        {
            var row = new Row
            {
                Owner = owner,
                Seq = ++seq,
                At = session.Now,
                Actor = session.Actor.ToString(),
                Purpose = purpose,
                Action = action,
                SubjectKind = subject.Kind,
                SubjectId = subject.Id,
                Fields = string.Join(',', fields),
            };
            hash = row.HashAfter(hash);
            rows.Add((row, hash));
        }
        session.Insert(Rows, rows);
        return Disclosure.Logged(session.Actor.ToString(), purpose);
    }

    /// <summary>Who saw this subject, newest first (P-07).</summary>
    public static List<AccessLine> Of(Session session, Ref subject, int take = 200) => session.Query<AccessLine>(
        "SELECT at, actor, purpose, action, fields FROM access_log WHERE subject_id = @Id AND subject_kind = @Kind ORDER BY at DESC, seq DESC LIMIT @take",
        new { subject.Id, subject.Kind, take });

    static readonly Table<(Row Row, string Hash)> Rows = new("access_log",
        new("owner", ColumnType.Text, r => r.Row.Owner, Key: true), new("seq", ColumnType.Big, r => r.Row.Seq, Key: true),
        new("at", ColumnType.Big, r => r.Row.At), new("actor", ColumnType.Text, r => r.Row.Actor),
        new("purpose", ColumnType.Small, r => (short)r.Row.Purpose), new("action", ColumnType.Text, r => r.Row.Action),
        new("subject_kind", ColumnType.Text, r => r.Row.SubjectKind), new("subject_id", ColumnType.Text, r => r.Row.SubjectId),
        new("fields", ColumnType.Text, r => r.Row.Fields), new("hash", ColumnType.Text, r => r.Hash));

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

/// <summary>One line of the access log, as it is shown to whom it is about.</summary>
public sealed class AccessLine
{
    public DateTimeOffset At { get; init; }

    /// <summary>staff:… or device:….</summary>
    public string Actor { get; init; } = "";

    public Purpose Purpose { get; init; }

    /// <summary>view, search, export, reveal or break_glass.</summary>
    public string Action { get; init; } = "";

    /// <summary>Names of the fields shown.</summary>
    public string Fields { get; init; } = "";
}
