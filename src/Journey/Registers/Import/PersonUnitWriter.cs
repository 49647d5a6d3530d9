using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Loads, judges and writes one unit of persons inside one write.</summary>
static class PersonUnitWriter
{
    /// <param name="words">Of the rows' names, where they were looked up before; else they are looked up here.</param>
    public static PersonUnit Write(
        WriteSession session, Keyring keyring, IReadOnlyList<SealedPerson> rows, string source, RegistersSettings settings, DateOnly today,
        IReadOnlyCollection<NameTerm>? words = null)
    {
        var unit = Judge(session, rows, source, session.Now, session.NewId, settings, today);
        Store(session, keyring, unit, source, words);
        return unit;
    }

    /// <summary>Writes what was judged in this same write.</summary>
    public static void Store(WriteSession session, Keyring keyring, PersonUnit unit, string source, IReadOnlyCollection<NameTerm>? words = null)
    {
        // Sorted by their keys, rows of one page are written together.
        unit.Documents.Sort((a, b) => (a.Owner, a.DocKey).CompareTo((b.Owner, b.DocKey)));
        session.Insert(PersonRow.Rows, unit.New);
        NameTerms.Add(session, words ?? NameTerms.Missing(session, unit.New.Select(p => (p.Owner, p.Name, p.NameKey))));
        session.Insert(StayRow.Rows, unit.New.ConvertAll(StayRow.First));
        session.Insert(DocumentRow.Rows, unit.Documents);
        session.Insert(PhoneRow.Rows, unit.Phones);
        if (unit.NewHouseholds.Count > 0)
            session.Insert(HouseholdRow.Rows, unit.NewHouseholds.Values, IfThere.Skip);
        Pairs.Park(session, unit.Pairs);
        foreach (var met in unit.Linked)
            session.Trail(met.Owner, "link_document", new Ref("person", met.Id), detail: new { from = source });
        PersonVersions.Keep(session, keyring, unit.Superseded, source);
        PersonVersions.Supersede(session, keyring, unit.Changes, source);
    }

    /// <summary>Judges without writing, for a dry run.</summary>
    public static PersonUnit Judge(
        Session session, IReadOnlyList<SealedPerson> rows, string source, DateTimeOffset now, Func<Guid> newId, RegistersSettings settings, DateOnly today)
    {
        var unit = new PersonUnit(KnownPersons.Load(session, rows), source, now, newId, settings.GuardianUnderAge, today);
        foreach (var row in rows)
            unit.Take(row);
        return unit;
    }
}
