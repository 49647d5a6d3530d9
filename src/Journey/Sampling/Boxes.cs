using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>The boxes 转运箱 of a county.</summary>
public static class Boxes
{
    public static Box? Get(Session session, string owner, Guid id) =>
        session.One<Box>("SELECT * FROM box WHERE owner = @owner AND id = @id", new { owner, id });

    /// <summary>All boxes with one of these codes, of one county or (null) of all; a code may name several over time.</summary>
    public static List<Box> ByCodes(Session session, string? owner, IReadOnlyCollection<string> codes) => codes.Count == 0 ? [] : session.Query<Box>(
        $"SELECT * FROM box WHERE code {session.In("codes")}{(owner is null ? "" : " AND owner = @owner")} ORDER BY code, id",
        new { owner, codes = session.Keys(codes) });
}

/// <summary>No box of this id or code in the county.</summary>
public sealed record BoxUnknown() : Refusal("box_unknown", RefusalKind.NotFound,
    "No such box is known in this county. Check the code on the box, or send the box's opening first.",
    "本县（区）没有该转运箱的记录，请核对箱码，或先上传开箱信息。");
