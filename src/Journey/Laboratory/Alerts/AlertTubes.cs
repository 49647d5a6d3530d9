using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A tube to be alerted and why.</summary>
/// <param name="Owner">The tube's county.</param>
/// <param name="Result">The result; null when the laboratory raises it before one is loaded.</param>
/// <param name="Reason">The call's name, or what the laboratory wrote.</param>
/// <param name="Called">The reason is a call: the protocol says whether such a call makes a pool suspect.</param>
sealed record SuspectTube(string Owner, Guid Tube, Guid? Result, string Reason, bool Called = true);

/// <summary>Somebody in a suspect tube, at the present place.</summary>
/// <param name="Registration">Null for those of the household who are in no tube of it (INV-17).</param>
sealed record SuspectMember(PersonRef Person, Guid? Registration, string Area)
{
    /// <summary>The present place, or the nearest that is known: the residence, the community of the sample.</summary>
    public string Place => Person.PresentPlace ?? (Person.PresentOwner == Person.Owner ? Person.Residence : Person.PresentOwner);
}

/// <summary>Everybody in suspect tubes, found where they are now (INV-07): a handful of queries for any number of tubes.</summary>
static class SuspectMembers
{
    public static Dictionary<Guid, List<SuspectMember>> Of(Session session, IReadOnlyCollection<Tube> tubes)
    {
        var registered = tubes.GroupBy(t => t.Owner).SelectMany(c => Members.OfTubes(session, c.Key, [.. c.Select(t => t.Id.Value)])).ToList();
        var persons = PersonDirectory.Current(session, [.. registered.Select(r => r.Person.Value).Distinct()]);
        var found = new Dictionary<Guid, List<SuspectMember>>();
        foreach (var tube in registered.GroupBy(r => r.Tube.Value))
            found[tube.Key] = [.. tube.Where(r => persons.ContainsKey(r.Person.Value)).DistinctBy(r => persons[r.Person.Value].Id)
                .Select(r => new SuspectMember(persons[r.Person.Value], r.Id.Value, r.Area))];
        AddHouseholds(session, tubes, found);
        return found;
    }

    /// <summary>The whole household of a household tube is held, also those who are not in the tube.</summary>
    static void AddHouseholds(Session session, IReadOnlyCollection<Tube> tubes, Dictionary<Guid, List<SuspectMember>> found)
    {
        foreach (var tube in tubes.Where(t => t.Kind == TubeKind.Household && found.ContainsKey(t.Id.Value)))
        {
            var members = found[tube.Id.Value];
            foreach (var household in members.Where(m => m.Person.Household is not null).Select(m => (m.Person.Owner, m.Person.Household)).Distinct().ToList())
            {
                var ids = session.Query<Guid>("SELECT id FROM person WHERE owner = @Owner AND household = @Household AND merged_into IS NULL",
                    new { household.Owner, household.Household });
                var missing = ids.Except(members.Select(m => m.Person.Id)).ToList();
                members.AddRange(PersonDirectory.ByIds(session, missing).Values.OrderBy(p => p.Id).Select(p => new SuspectMember(p, null, p.Residence)));
            }
        }
    }

    /// <summary>The counties that a unit must name to alert these tubes: the tubes', the members' and those where the members are.</summary>
    public static IEnumerable<string> Owners(Session session, IReadOnlyCollection<Tube> tubes) =>
        Of(session, tubes).Values.SelectMany(m => m).SelectMany(m => new[] { m.Person.Owner, m.Person.PresentOwner })
            .Concat(tubes.Select(t => t.Owner)).Distinct(StringComparer.Ordinal);
}

/// <summary>The clocks of an alert, from the protocol that holds on its day.</summary>
/// <param name="Version">id@version; empty where no protocol rules suspect pools, and everything is due at once.</param>
sealed record AlertClocks(
    string Version, DateTimeOffset AckDue, DateTimeOffset HoldDue, DateTimeOffset ResampleDue, DateTimeOffset DecideDue, IReadOnlyList<string> SuspectCalls,
    TimeSpan? SecondAfter)
{
    public static AlertClocks Of(ProtocolBook book, LocalDays days, string disease, string place, DateTimeOffset at)
    {
        var ruling = book.Resolve(disease, place, days.DateOf(at));
        if (!ruling.Ok || ruling.Value.SuspectPool is not { Ok: true } ruled)
            return new AlertClocks("", at, at, at, at, ["POS", "SINGLE_TARGET", "GREY"], null);
        var rule = ruled.Value.Rule;
        var resample = at + rule.Resample;
        return new AlertClocks(ruled.Value.Version.ToString(), at + rule.Acknowledge, at + rule.Hold, resample, resample + rule.Result,
            rule.SuspectCalls, rule.SecondResampleAfter);
    }
}
