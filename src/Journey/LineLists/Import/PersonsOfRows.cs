using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>Registers who the rows of a unit are about, in bulk and with the registers' own detection of duplicates.</summary>
static class PersonsOfRows
{
    /// <summary>The person of each draft, in the order given; null for whoever the registers refused. Pairs of possible doubles are parked.</summary>
    public static Guid?[] Register(WriteSession session, UnitContext unit, IReadOnlyList<(RowDraft Draft, PersonOfRow Person, string No)> rows, UnitResult result)
    {
        var found = new Guid?[rows.Count];
        Named(session, unit, rows, result, found);
        var docKeys = rows.Where(r => r.Person is { Sealed: null, DocKey: not null }).Select(r => r.Person.DocKey!.Value).Distinct().ToList();
        var holders = PersonDirectory.ByDocuments(session, docKeys);
        var met = PersonDirectory.ByIds(session, docKeys);
        var fresh = new List<(string Owner, NewTemporaryPerson Person)>();
        var places = new List<int>();
        var inUnit = new Dictionary<Guid, int>();
        for (var i = 0; i < rows.Count; i++)
        {
            var person = rows[i].Person;
            if (person.Sealed is not null)
                continue;
            if (person.DocKey is { } key)
            {
                if (holders.TryGetValue(key, out var holder) || met.TryGetValue(key, out holder))
                {
                    found[i] = holder.Id;
                    continue;
                }
                if (!inUnit.TryAdd(key, i))
                {
                    found[i] = key;
                    continue;
                }
            }
            places.Add(i);
            fresh.Add((person.Owner, new NewTemporaryPerson
            {
                Id = person.DocKey,
                Name = person.Name,
                Birth = person.Birth,
                Sex = person.Sex,
                Residence = person.Place,
                Descriptors = $"list {unit.Mapping.List}, no. {rows[i].No}",
                Source = unit.Source,
            }));
        }
        var added = PersonDirectory.AddTemporaries(session, fresh);
        for (var i = 0; i < places.Count; i++)
            found[places[i]] = added[i].Id;
        return found;
    }

    static void Named(WriteSession session, UnitContext unit, IReadOnlyList<(RowDraft Draft, PersonOfRow Person, string No)> rows, UnitResult result, Guid?[] found)
    {
        var named = rows.Select(r => r.Person.Sealed).OfType<SealedPerson>().ToList();
        if (named.Count == 0)
            return;
        var persons = PersonUnitWriter.Write(session, unit.Keyring, named, unit.Source, unit.Registers, unit.Today);
        result.Parked += persons.Pairs.Count;
        var doubles = persons.Pairs.Select(p => p.PersonB).ToHashSet();
        var elsewhere = persons.Refused.ToDictionary(r => r.Row.Row, r => r.Refusal);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Person.Sealed is not { } one)
                continue;
            found[i] = persons.Persons.TryGetValue(one.Row, out var id) ? id : null;
            if (elsewhere.ContainsKey(one.Row))
                rows[i].Draft.Notices.Add(ListNotices.RegisteredElsewhere);
            if (found[i] is { } person && doubles.Contains(person))
                rows[i].Draft.Notices.Add(ListNotices.MayBeDouble);
        }
    }
}
