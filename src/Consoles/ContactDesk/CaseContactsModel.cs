using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Consoles.ContactDesk;

/// <summary>The contacts of a case as shown, each with its evidence beside it.</summary>
public sealed record CaseContactsModel(
    Guid Case, string No, ContactState State, ContactPage Page, IReadOnlyList<CaseCount> Counts, IReadOnlyDictionary<string, string> Places,
    IReadOnlyDictionary<string, string> Venues)
{
    public static ContactEvidence EvidenceOf(ContactLine line) => TracingJson.Read<ContactEvidence>(line.Evidence!);

    internal static Dictionary<string, string> VenuesOf(Session session, ContactPage page)
    {
        var ids = page.Items.Where(c => c.Evidence is not null).SelectMany(c => EvidenceOf(c).Meetings).Select(m => Guid.TryParseExact(m.Venue, "N", out var id) ? id : default)
            .Where(id => id != default).Distinct().ToList();
        return VenueRow.ByIds(session, ids).ToDictionary(v => v.Id.ToString("N"), v => v.Name);
    }
}
