using System.Security.Cryptography;
using System.Text;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A disagreement that was found.</summary>
/// <param name="Kind">One of <see cref="DiscrepancyKinds"/>, or a later module's own word in snake_case.</param>
/// <param name="SubjectKind">tube, box, run …</param>
/// <param name="SubjectId">What it is about.</param>
/// <param name="Cause">What makes it this one among several of its subject and kind: a fact's id, a code. Empty when there is one only.</param>
/// <param name="Detail">JSON; never personal data.</param>
/// <param name="Round">The round, where there is one.</param>
/// <param name="Area">Where somebody has to settle it: a place code; empty for the county.</param>
public sealed record NewDiscrepancy(
    string Kind, string SubjectKind, Guid SubjectId, string Cause, string Detail, Guid? Round = null, string Area = "");

/// <summary>What does not agree 差异, listed until somebody closes it with a name and a reason.</summary>
public static class Discrepancies
{
    /// <summary>
    /// Lists disagreements and opens a duty to settle each. The same kind, subject and cause again changes nothing where it is open or
    /// was closed by a person; where later facts had explained it and it is back, it is open again. Returns how many were new.
    /// </summary>
    public static int Open(WriteSession session, string owner, IReadOnlyCollection<NewDiscrepancy> found, SamplingSettings? settings = null)
    {
        if (found.Count == 0)
            return 0;
        var rows = found.Select(d => (New: d, Id: IdOf(d.Kind, d.SubjectKind, d.SubjectId, d.Cause))).DistinctBy(d => d.Id).ToList();
        var there = session.Query<Discrepancy>($"SELECT * FROM discrepancy WHERE owner = @owner AND id {session.InIds("ids")}",
            new { owner, ids = session.Keys(rows.Select(r => r.Id.Value)) }).ToDictionary(d => d.Id);
        var again = rows.FindAll(r => there.TryGetValue(r.Id, out var d) && d.Closed && d.Resolution == Explained);
        if (again.Count > 0)
            session.Execute($"""
                UPDATE discrepancy SET state = 0, closed_at = NULL, closed_by = NULL, resolution = NULL, note = NULL
                WHERE owner = @owner AND id {session.InIds("ids")}
                """, new { owner, ids = session.Keys(again.Select(r => r.Id.Value)) });
        foreach (var (_, id) in again)
            Ledger.EvidenceFell(session, owner, new Ref("explanation", there[id].Note!));
        // What is known of it may have grown since it was found.
        session.Update(Details, rows.FindAll(r => there.TryGetValue(r.Id, out var d) && (d.Detail != r.New.Detail || d.Round?.Value != r.New.Round))
            .ConvertAll(r => (owner, r.Id.Value, r.New)));
        rows.RemoveAll(r => there.ContainsKey(r.Id));
        if (rows.Count == 0)
            return 0;
        session.Insert(Rows, rows.ConvertAll(r => new Discrepancy
        {
            Owner = owner,
            Id = r.Id,
            Kind = r.New.Kind,
            SubjectKind = r.New.SubjectKind,
            SubjectId = r.New.SubjectId,
            Round = r.New.Round is { } round ? new RoundId(round) : null,
            FoundAt = session.Now,
            Detail = r.New.Detail,
        }));
        var units = UnitDirectory.ResponsibleForAll(session, UnitKind.StreetOffice, [.. rows.Select(r => AreaOf(owner, r.New)).Distinct()]);
        Ledger.Open(session, rows.ConvertAll(r => new NewDuty
        {
            Owner = owner,
            Kind = DutyKind.ResolveDiscrepancy,
            Subject = r.Id.Value,
            Basis = new Ref(r.New.SubjectKind, r.New.SubjectId),
            Area = AreaOf(owner, r.New),
            OwnerUnit = units[AreaOf(owner, r.New)],
            DueAt = session.Now.AddHours((settings ?? new SamplingSettings()).ResolveDiscrepancyHours),
            Note = r.New.Kind,
        }));
        var resample = rows.FindAll(r => r.New.SubjectKind == "tube" && ResampleDuties.Asks(r.New.Kind));
        if (resample.Count > 0)
            ResampleDuties.Settle(session, owner, resample.ConvertAll(r => (r.Id, r.New.SubjectId, r.New.Kind)), settings ?? new SamplingSettings());
        return rows.Count;
    }

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

    public static Discrepancy? Get(Session session, string owner, Guid id) =>
        session.One<Discrepancy>("SELECT * FROM discrepancy WHERE owner = @owner AND id = @id", new { owner, id });

    /// <summary>The open ones of a county, by id, of one round where it is given; at most <paramref name="take"/> after the given one.</summary>
    public static List<Discrepancy> OpenPage(Session session, string owner, Guid? round, Guid? after, int take) => session.Query<Discrepancy>($"""
        SELECT * FROM discrepancy WHERE owner = @owner AND state = 0{(round is null ? "" : " AND round = @round")}{(after is null ? "" : " AND id > @after")}
        ORDER BY id LIMIT @take
        """, new { owner, round, after, take });

    /// <summary>
    /// Closed by the facts themselves: what was missing has arrived. The duty is done by an explanation that names the batch, and the
    /// members that were to be sampled again because of it need not be.
    /// </summary>
    internal static void Explain(WriteSession session, string owner, IReadOnlyCollection<Discrepancy> explained, Guid submission)
    {
        foreach (var d in explained)
        {
            var note = $"{d.Id.Value:N}.{submission:N}";
            session.Execute($"""
                UPDATE discrepancy SET state = 1, closed_at = @Now, closed_by = @actor, resolution = '{Explained}', note = @note
                WHERE owner = @owner AND id = @id
                """, new { session.Now, actor = session.Actor.ToString(), note, owner, id = d.Id.Value });
            Ledger.Done(session, [KeyOf(owner, d)], new Ref("explanation", note));
            if (ResampleDuties.Asks(d.Kind))
                ResampleDuties.Withdraw(session, owner, d.Id, Explained);
        }
    }

    internal static DutyKey KeyOf(string owner, Discrepancy d) => new(owner, DutyKind.ResolveDiscrepancy, d.SubjectId.ToString("N"), d.Id.Value);

    const string Explained = "explained_by_later_facts";

    static string AreaOf(string owner, NewDiscrepancy d) => d.Area.Length > 0 ? d.Area : owner;

    static readonly Table<(string Owner, Guid Id, NewDiscrepancy New)> Details = new("discrepancy",
        new("owner", ColumnType.Text, d => d.Owner, Key: true),
        new("id", ColumnType.Uuid, d => d.Id, Key: true),
        new("round", ColumnType.Uuid, d => d.New.Round),
        new("detail", ColumnType.Text, d => d.New.Detail));

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
