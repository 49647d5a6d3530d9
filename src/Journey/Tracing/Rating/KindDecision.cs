using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>What a proposal is proposed as.</summary>
/// <param name="Situation">A code of the protocol's situations, or of this program's own: tube_queue, roster.</param>
/// <param name="Because">Which rule said so, in a word.</param>
readonly record struct Proposed(ContactKind Kind, string Situation, string Because);

/// <summary>The protocol decides what a proposal is: close, secondary or general; a person decides whether it holds (P-30). Pure.</summary>
/// <param name="contact">Who counts as a contact.</param>
/// <param name="situations">Null where the protocol names none.</param>
/// <param name="tracing">Null where nothing is weighed: then every meeting is proposed as close.</param>
sealed class KindDecision(ContactRule contact, SituationsRule? situations, TracingRule? tracing)
{
    /// <summary>A situation that somebody stated or a register shows: household, transport, carer.</summary>
    public Proposed Stated(string situation)
    {
        if (situations is null || situations.Close.Any(s => s.Code == situation))
            return new Proposed(ContactKind.Close, situation, "close situation");
        if (situations.General?.Any(s => s.Code == situation) == true && contact.General is not null)
            return new Proposed(ContactKind.General, situation, "general situation");
        return new Proposed(ContactKind.Close, Known("other"), "no situation of the protocol; the investigator names it");
    }

    /// <summary>A meeting in a venue's scans, by its rating.</summary>
    public Proposed Seen(VenueKind? kind, double rating)
    {
        var close = Known(kind?.Situation ?? "near_1m");
        if (contact.Exposure?.SameAirspace == true)
            return new Proposed(ContactKind.Close, Known("same_airspace"), "the same air is enough");
        if (tracing is null)
            return new Proposed(ContactKind.Close, close, "not weighed");
        if (rating >= tracing.Rating.CloseFrom)
            return new Proposed(ContactKind.Close, close, "rating at or above the limit");
        if (contact.General is null)
            return new Proposed(ContactKind.Close, close, "rating below the limit, and the protocol knows no general contacts");
        var general = kind?.General is { } code && situations?.General?.Any(s => s.Code == code) == true ? code : close;
        return new Proposed(ContactKind.General, general, "rating below the limit");
    }

    /// <summary>Whether contacts of contacts are determined at all.</summary>
    public bool Secondary => contact.Secondary.Enabled;

    /// <summary>The code, or <c>other</c> where the protocol's close situations do not have it.</summary>
    string Known(string code) => situations is null || situations.Close.Any(s => s.Code == code) ? code : "other";
}
