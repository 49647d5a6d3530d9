using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A case that tracing was watching already: how it was discovered, and whom it had met 密接转病例.</summary>
public static class FoundAsContact
{
    /// <summary>
    /// Says of a case that was opened by a sample that it was found as a contact, and draws the links to the cases it had met, as suspected: a
    /// person decided that it had met them, and whoever knows better withdraws them. To be called in a unit of the case's county.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="id">The case.</param>
    /// <param name="secondary">True where it had met a contact and no case.</param>
    /// <param name="met">The links; one that would close a circle is left out.</param>
    public static void Note(WriteSession session, Guid id, bool secondary, IReadOnlyList<NewLink> met)
    {
        if (!CaseBook.ByIds(session, [id]).TryGetValue(id, out var row) || row.Class == CaseClass.RuledOut)
            return;
        if (row.Discovery is Discovery.MustTest or Discovery.PoolScreening)
            CaseHistory.Change(session, row, row with { Discovery = secondary ? Discovery.Secondary : Discovery.Contact }, "was under observation as a contact");
        Links.Add(session, met);
    }
}
