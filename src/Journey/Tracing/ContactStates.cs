using Qipan.Kernel;

namespace Qipan.Tracing;

/// <summary>Where a contact 密接 stands. The numbers reach disk: append only.</summary>
public enum ContactState : short
{
    /// <summary>Found by the program or brought by somebody; waits for a person's decision (P-30).</summary>
    Proposed = 1,

    /// <summary>判定: a person decided that it is one.</summary>
    Determined = 2,

    /// <summary>Found where they are 已找到.</summary>
    Located = 3,

    /// <summary>Told 已告知.</summary>
    Notified = 4,

    /// <summary>Has the order to stay apart 已下达.</summary>
    OrderIssued = 5,

    /// <summary>隔离观察中.</summary>
    UnderQuarantine = 6,

    /// <summary>解除.</summary>
    Released = 7,

    /// <summary>A person decided that it is none; the reason stands with it.</summary>
    Rejected = 8,

    /// <summary>Turned out to be a case 转为病例 (INV-30).</summary>
    ConvertedToCase = 9,

    /// <summary>A secondary contact that is a close one now; another row goes on (INV-29).</summary>
    Upgraded = 10,

    /// <summary>What it stood on fell: the index was ruled out (INV-24).</summary>
    Withdrawn = 11,

    /// <summary>Another county has custody.</summary>
    HandedOver = 12,

    /// <summary>失访: nobody knows where they are.</summary>
    Lost = 13,
    Deceased = 14,

    /// <summary>Refuses the order; somebody has to act.</summary>
    Refused = 15,
}

/// <summary>
/// The ways of a contact (domain 3.2). An end that stood on a fact is taken back when the fact is: a case that was none after all gives the
/// contact its quarantine back (INV-30), an index that is a case again gives it its contacts back.
/// </summary>
static class ContactStates
{
    public static StateTable<ContactState> Table { get; } = new("contact", "密接")
    {
        {
            ContactState.Proposed, ContactState.Determined, ContactState.Rejected, ContactState.ConvertedToCase, ContactState.Upgraded,
            ContactState.Withdrawn, ContactState.Deceased
        },
        { ContactState.Rejected, ContactState.Proposed, ContactState.Withdrawn },
        {
            ContactState.Determined, ContactState.Located, ContactState.ConvertedToCase, ContactState.Upgraded, ContactState.Withdrawn,
            ContactState.HandedOver, ContactState.Lost, ContactState.Deceased, ContactState.Refused, ContactState.Released
        },
        {
            ContactState.Located, ContactState.Notified, ContactState.ConvertedToCase, ContactState.Upgraded, ContactState.Withdrawn,
            ContactState.HandedOver, ContactState.Lost, ContactState.Deceased, ContactState.Refused, ContactState.Released
        },
        {
            ContactState.Notified, ContactState.OrderIssued, ContactState.ConvertedToCase, ContactState.Upgraded, ContactState.Withdrawn,
            ContactState.HandedOver, ContactState.Lost, ContactState.Deceased, ContactState.Refused, ContactState.Released
        },
        {
            ContactState.OrderIssued, ContactState.UnderQuarantine, ContactState.ConvertedToCase, ContactState.Upgraded,
            ContactState.Withdrawn, ContactState.HandedOver, ContactState.Lost, ContactState.Deceased, ContactState.Refused,
            ContactState.Released
        },
        {
            ContactState.UnderQuarantine, ContactState.Released, ContactState.ConvertedToCase, ContactState.Upgraded,
            ContactState.Withdrawn, ContactState.HandedOver, ContactState.Lost, ContactState.Deceased, ContactState.Refused
        },
        { ContactState.Released, ContactState.ConvertedToCase, ContactState.Withdrawn },
        {
            ContactState.Lost, ContactState.Located, ContactState.ConvertedToCase, ContactState.Withdrawn, ContactState.Deceased,
            ContactState.HandedOver
        },
        {
            ContactState.Refused, ContactState.Notified, ContactState.OrderIssued, ContactState.UnderQuarantine,
            ContactState.ConvertedToCase, ContactState.Withdrawn, ContactState.Lost, ContactState.Deceased, ContactState.HandedOver
        },
        {
            ContactState.ConvertedToCase, ContactState.Proposed, ContactState.Determined, ContactState.Located, ContactState.Notified,
            ContactState.OrderIssued, ContactState.UnderQuarantine, ContactState.Released, ContactState.Lost, ContactState.Refused,
            ContactState.Withdrawn
        },
        {
            ContactState.Withdrawn, ContactState.Proposed, ContactState.Rejected, ContactState.Determined, ContactState.Located,
            ContactState.Notified, ContactState.OrderIssued, ContactState.UnderQuarantine, ContactState.Released, ContactState.Lost,
            ContactState.Refused, ContactState.ConvertedToCase
        },
        {
            ContactState.Upgraded, ContactState.Proposed, ContactState.Determined, ContactState.Located, ContactState.Notified,
            ContactState.OrderIssued, ContactState.UnderQuarantine, ContactState.Withdrawn
        },
    };

    /// <summary>A person decided on it, and it has not ended: it counts for the release.</summary>
    public static bool Active(ContactState state) => state is ContactState.Determined or ContactState.Located or ContactState.Notified
        or ContactState.OrderIssued or ContactState.UnderQuarantine or ContactState.Lost or ContactState.Refused;

    /// <summary>The active states as SQL lists them.</summary>
    public const string ActiveNumbers = "2, 3, 4, 5, 6, 13, 15";

    /// <summary>Along the way of control 管控: each step is passed, none is left out.</summary>
    public static IReadOnlyList<ContactState> Steps { get; } =
    [
        ContactState.Determined, ContactState.Located, ContactState.Notified, ContactState.OrderIssued, ContactState.UnderQuarantine,
    ];
}
