using Microsoft.AspNetCore.Http;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.TubeDesk;

/// <summary>One hand-over; complete when both sides have signed.</summary>
public sealed class HandOver
{
    public long Seq { get; init; }

    public string FromHolder { get; init; } = "";

    public string ToHolder { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public string? FromSignature { get; init; }

    public string? ToSignature { get; init; }

    public bool Complete => FromSignature is not null && ToSignature is not null;
}

/// <summary>A box with its tubes and every hand that it went through.</summary>
public sealed record BoxModel(Box Box, IReadOnlyList<Tube> Tubes, IReadOnlyList<HandOver> Hands, IReadOnlyList<Discrepancy> Discrepancies)
{
    public static Outcome<BoxModel> Load(HttpContext http, Store store, Guid id) => store.Read<Outcome<BoxModel>>(session =>
    {
        if (Lookups.OwnerOf(session, "box", id) is not { } owner)
            return new BoxUnknown();
        if (Territory.Touches(http.Caller(), Permission.SeeTubes, owner) is { Ok: false } no)
            return no.Refusal;
        return new BoxModel(
            Boxes.Get(session, owner, id)!,
            Qipan.Sampling.Tubes.InBox(session, owner, id),
            session.Query<HandOver>("""
                SELECT seq, from_holder, to_holder, at, from_signature, to_signature FROM custody
                WHERE owner = @owner AND subject_kind = 'box' AND subject_id = @id ORDER BY seq
                """, new { owner, id }),
            Qipan.Sampling.Discrepancies.Of(session, id));
    });
}
