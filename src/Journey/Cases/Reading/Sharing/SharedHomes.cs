namespace Qipan.Cases.Reading;

/// <summary>
/// Households 同住: one house number for both, or one compound and a relation that is named. One compound alone is a neighbour, and no
/// proposal.
/// </summary>
static class SharedHomes
{
    static readonly PersonRelation[] Living =
        [PersonRelation.Spouse, PersonRelation.Parent, PersonRelation.Child, PersonRelation.Sibling, PersonRelation.Family,
            PersonRelation.Relative];

    public static List<SharedExposure> Find(List<SharingPerson> people)
    {
        var byName = new Dictionary<string, List<SharingPerson>>(StringComparer.Ordinal);
        foreach (var person in people)
            foreach (var name in person.Homes.Where(h => !h.Key.IsArea).Select(h => h.Key.Name).Distinct())
                (byName.TryGetValue(name, out var list) ? list : byName[name] = []).Add(person);
        var found = new Dictionary<(int, int), SharedExposure>();
        foreach (var together in byName.Values.Where(l => l.Count > 1))
            foreach (var (a, b) in Pairs(together))
                if (!found.ContainsKey((a.Index, b.Index)) && Household(a, b) is { } household)
                    found[(a.Index, b.Index)] = household;
        return [.. found.Values];
    }

    /// <summary>Every two of a list; a list so long that it is a street is no household.</summary>
    public static IEnumerable<(SharingPerson A, SharingPerson B)> Pairs(List<SharingPerson> people)
    {
        var few = people.Distinct().OrderBy(p => p.Index).Take(200).ToList();
        for (var i = 0; i < few.Count; i++)
            for (var k = i + 1; k < few.Count; k++)
                yield return (few[i], few[k]);
    }

    static SharedExposure? Household(SharingPerson a, SharingPerson b)
    {
        if (a.SameHome(b) is not { } home)
            return null;
        var relation = Relation(a, b) ?? Relation(b, a);
        if (relation is null && !home.House)
            return null;
        List<TextWords> first = [home.Own.Words], second = [home.Other.Words];
        if (relation is { } named)
            (named.Of == a ? first : second).Add(named.Words);
        var shared = a.Person.Stays.Concat(b.Person.Stays).Where(s => s.Time.Day is not null).Select(s => s.Time.Day!.Value)
            .DefaultIfEmpty().Min();
        return new SharedExposure(a.Index, b.Index, SharedExposureKind.Household, ExposureStrength.Certain, home.Own.Place!,
            shared == default ? null : shared, null,
            first, second,
            relation is null ? "Both give the same house." : home.House ? "Both give the same house, and one text names the other as kin."
                : "Both live in one compound, and one text names the other as kin.",
            relation is null ? "两人住址相同。" : "两人住址一致，且一方被写明为亲属。");
    }

    static (SharingPerson Of, TextWords Words)? Relation(SharingPerson of, SharingPerson other)
    {
        foreach (var (who, words) in of.Named())
            if (Living.Contains(who.Relation) && NamedRelations.Means(who, other) && !of.SpeaksAgainst(who.Relation, other))
                return (of, words);
        return null;
    }
}
