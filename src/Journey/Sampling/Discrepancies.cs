using System.Security.Cryptography;
using System.Text;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A disagreement that was found.</summary>
/// <param name="Kind">One of <see cref="DiscrepancyKinds"/>, or a later module's own word in snake_case.</param>
/// <param name="SubjectKind">tube, box, run …</param>
/// <param name="SubjectId">What it is about.</param>
/// <param name="Cause">What makes it this one among several of its subject and kind: a fact's id, a code. Empty when there is one only.</param>
/// <param name="Detail">JSON; never personal data.</param>
/// <param name="Round">The round, where there is one.</param>
/// <param name="Area">Where somebody has to settle it: a place code.</param>
public sealed record NewDiscrepancy(
    string Kind, string SubjectKind, Guid SubjectId, string Cause, string Detail, Guid? Round = null, string Area = "");

/// <summary>What does not agree 差异, listed until somebody closes it with a name and a reason.</summary>
public static class Discrepancies
{
    /// <summary>
    /// Lists disagreements and opens a duty to settle each. The same kind, subject and cause again changes nothing, closed or open.
    /// Returns how many were new.
    /// </summary>
    public static int Open(WriteSession session, string owner, IReadOnlyCollection<NewDiscrepancy> found) =>
        session.Insert(Rows, [.. found.Select(d => new Discrepancy
        {
            Owner = owner,
            Id = IdOf(d.Kind, d.SubjectKind, d.SubjectId, d.Cause),
            Kind = d.Kind,
            SubjectKind = d.SubjectKind,
            SubjectId = d.SubjectId,
            Round = d.Round is { } round ? new RoundId(round) : null,
            FoundAt = session.Now,
            Detail = d.Detail,
        })], IfThere.Skip);

    /// <summary>The id follows from what it is, so that a resend finds the same row: SHA-256, first 16 bytes, marked as UUID version 8.</summary>
    public static DiscrepancyId IdOf(string kind, string subjectKind, Guid subject, string cause)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{subjectKind}\n{subject:N}\n{cause}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new DiscrepancyId(new Guid(hash[..16], bigEndian: true));
    }

    /// <summary>Everything found about a thing, open first, then the newest.</summary>
    public static List<Discrepancy> Of(Session session, Guid subject) => session.Query<Discrepancy>(
        "SELECT * FROM discrepancy WHERE subject_id = @subject ORDER BY state, found_at DESC, id", new { subject });

    static readonly Table<Discrepancy> Rows = new("discrepancy",
        new("owner", ColumnType.Text, d => d.Owner, Key: true),
        new("id", ColumnType.Uuid, d => d.Id.Value, Key: true),
        new("kind", ColumnType.Text, d => d.Kind),
        new("subject_kind", ColumnType.Text, d => d.SubjectKind),
        new("subject_id", ColumnType.Uuid, d => d.SubjectId),
        new("round", ColumnType.Uuid, d => d.Round?.Value),
        new("found_at", ColumnType.Big, d => d.FoundAt),
        new("detail", ColumnType.Text, d => d.Detail),
        new("state", ColumnType.Small, d => d.State));
}
