using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>The custody of a case 管辖 goes from county to county by an accepted hand-over; what it is counted to stays.</summary>
public static class CaseCustody
{
    /// <summary>
    /// The county has the case now: the open duties of its investigation are in that county's ledger, with their deadlines; those that are
    /// done stay where they were done. To be called in a unit of both counties. Returns the case as it is then.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="row">The case as it is.</param>
    /// <param name="county">Who takes it over, 6 digits.</param>
    /// <param name="place">Where the person is there: a place code in that county.</param>
    /// <param name="reason">Stands in the history and in the ledger; never personal data.</param>
    public static CaseRow Move(WriteSession session, CaseRow row, string county, string place, string reason)
    {
        var moved = row with { Custody = county, CurrentRegion = place };
        CaseHistory.Change(session, row, moved, reason);
        CaseDuties.Move(session, moved, row.Custody, reason);
        return moved with { Version = row.Version + 1 };
    }
}
