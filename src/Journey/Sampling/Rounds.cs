using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>The rounds 轮次. A round that covers several counties has one row in each of them, under one id.</summary>
public static class Rounds
{
    /// <summary>The round as this county has it, or null.</summary>
    public static Round? Get(Session session, string owner, Guid id) =>
        session.One<Round>("SELECT * FROM round WHERE owner = @owner AND id = @id", new { owner, id });

    public static List<Round> ByIds(Session session, string owner, IReadOnlyCollection<Guid> ids) => session.Each<Round>(
        "SELECT * FROM round WHERE owner = @owner AND id = @key", ids, new { owner });

    /// <summary>The rounds of a county or of all, the newest first; at most <paramref name="take"/> after the given one.</summary>
    public static List<Round> Page(Session session, string? owner, Guid? after, int take) => session.Query<Round>($"""
        SELECT * FROM round WHERE 1 = 1{(owner is null ? "" : " AND owner = @owner")}{(after is null ? "" : " AND id < @after")}
        ORDER BY id DESC LIMIT @take
        """, new { owner, after, take });
}

/// <summary>No round of this id in the county.</summary>
public sealed record RoundUnknown() : Refusal("round_unknown", RefusalKind.NotFound,
    "No such round is known in this county. Take the round from the list of rounds.",
    "本县（区）没有该轮次，请从轮次列表中选择。");
