using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>One hand-over 交接, signed by both sides, or the half of it that is there.</summary>
public sealed class CustodyStep
{
    public long Seq { get; init; }

    public string FromHolder { get; init; } = "";

    public string ToHolder { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public string? FromSignature { get; init; }

    public string? ToSignature { get; init; }

    public Guid? Fact { get; init; }

    public bool Complete => FromSignature is not null && ToSignature is not null;
}

/// <summary>The chain of hands of a box 交接链.</summary>
public static class Custody
{
    public static List<CustodyStep> Of(Session session, string owner, Guid box) => session.Query<CustodyStep>("""
        SELECT seq, from_holder, to_holder, at, from_signature, to_signature, fact FROM custody
        WHERE owner = @owner AND subject_kind = 'box' AND subject_id = @box ORDER BY seq
        """, new { owner, box });

    /// <summary>The last step: the courier's half is the box's own hand-over, the laboratory's is its reception.</summary>
    internal static void Append(WriteSession session, string owner, Box box, string to) => session.Execute("""
        INSERT INTO custody (owner, subject_kind, subject_id, seq, from_holder, to_holder, at, from_signature, to_signature, fact)
        SELECT @owner, 'box', @Id, coalesce(max(seq), 0) + 1, @Holder, @to, @Now, @left, @signed, NULL FROM custody
        WHERE owner = @owner AND subject_kind = 'box' AND subject_id = @Id
        """, new { owner, box.Id, box.Holder, to, session.Now, left = box.Holder + ":reception", signed = session.Actor + ":reception" });
}
