namespace Qipan.Sampling;

/// <summary>A registration of one of the batch's persons in one of the batch's rounds, as kept; in any county.</summary>
sealed record KeptSample(string Owner, Guid Id, Guid Round, Guid Person, Guid Tube, RegistrationState State, bool Duplicate, string Area);

/// <summary>
/// INV-01: a person in two tubes of one round stands in both, counts once, and is listed. Also counts who was sampled, by area.
/// </summary>
static class Duplicates
{
    /// <summary>The persons, by round, whose registrations have to be compared.</summary>
    public static Dictionary<Guid, HashSet<Guid>> PersonsOf(Desk desk)
    {
        var persons = new Dictionary<Guid, HashSet<Guid>>();
        foreach (var file in desk.Tubes.Values)
            foreach (var r in file.Registrations.Values)
                if (r.Round is { } round && (!file.KeptRegistrations.TryGetValue(r.Id, out var kept) || kept.State != r.State || kept.Round != r.Round))
                    (persons.TryGetValue(round, out var all) ? all : persons[round] = []).Add(r.Person);
        return persons;
    }

    public static void Settle(Desk desk, Dictionary<Guid, HashSet<Guid>> persons, IEnumerable<KeptSample> kept, DeskChanges changes)
    {
        var before = kept.ToLookup(k => (k.Round, k.Person));
        var now = desk.Tubes.Values.SelectMany(t => t.Registrations.Values).Where(r => r.Round is { } round && persons.ContainsKey(round))
            .ToLookup(r => (r.Round!.Value, r.Person));
        foreach (var (round, all) in persons)
            foreach (var person in all)
                SettlePerson(desk, round, person, [.. before[(round, person)]], [.. now[(round, person)]], changes);
        Rows(desk, changes);
    }

    static void SettlePerson(Desk desk, Guid round, Guid person, List<KeptSample> kept, List<RegistrationRow> here, DeskChanges changes)
    {
        var others = kept.FindAll(k => !here.Exists(r => r.Id == k.Id));
        var standing = here.Count(r => r.Stands) + others.Count(k => k.State != RegistrationState.Void);
        if (standing > 1)
            changes.Find(new NewDiscrepancy(DiscrepancyKinds.Duplicate, "person", person, round.ToString("N"), $$"""{"round":"{{round:N}}"}""", round));
        if (kept.Count + here.Count > 1)
            changes.Judge(person, DiscrepancyKinds.Duplicate);
        foreach (var r in here)
            desk.Tubes[r.Tube].Registrations[r.Id] = r with { Duplicate = standing > 1 && r.Stands };
        foreach (var k in others)
            if (k.Owner == desk.Owner && k.Duplicate != (standing > 1 && k.State != RegistrationState.Void))
                changes.DuplicateFlags.Add((k.Tube, k.Id, !k.Duplicate));

        // The first standing registration decides in which area the person is counted.
        var was = kept.Where(k => k.Owner == desk.Owner && k.State != RegistrationState.Void).OrderBy(k => k.Id).Select(k => k.Area).FirstOrDefault();
        var its = here.Where(r => r.Stands).Select(r => (r.Id, r.Area))
            .Concat(others.Where(k => k.Owner == desk.Owner && k.State != RegistrationState.Void).Select(k => (k.Id, k.Area)))
            .OrderBy(r => r.Id).Select(r => r.Area).FirstOrDefault();
        if (was == its)
            return;
        if (was is not null)
            Count(changes, round, was, -1);
        if (its is not null)
            Count(changes, round, its, 1);
    }

    static void Count(DeskChanges changes, Guid round, string area, int by) =>
        changes.Sampled[(round, area)] = changes.Sampled.GetValueOrDefault((round, area)) + by;

    static void Rows(Desk desk, DeskChanges changes)
    {
        foreach (var file in desk.Tubes.Values)
        {
            foreach (var r in file.Registrations.Values)
            {
                if (!file.KeptRegistrations.TryGetValue(r.Id, out var kept))
                    changes.NewRegistrations.Add(r);
                else if (kept != r)
                    changes.ChangedRegistrations.Add(r);
            }
        }
    }
}
