using Qipan.Kernel;

namespace Qipan.Cases.Reading;

/// <summary>One text names the other, by name or by the number of the case. A name that hides itself is worth little by itself.</summary>
static class NamedRelations
{
    public static List<SharedExposure> Find(List<SharingPerson> people)
    {
        var byName = people.Where(p => p.Name is not null).ToLookup(p => p.Name!, StringComparer.Ordinal);
        var byCase = people.Where(p => p.Person.CaseNo is not null).ToLookup(p => p.Person.CaseNo!, StringComparer.Ordinal);
        var found = new Dictionary<(int, int), SharedExposure>();
        foreach (var person in people)
        {
            foreach (var (who, words) in person.Named())
            {
                var name = who.Name?.Reveal(Disclosure.ForProcessing);
                foreach (var other in (name is null ? [] : byName[name]).Concat(who.CaseNo is { } no ? byCase[no] : [])
                    .Where(o => o != person).Distinct().Take(50))
                {
                    var exposure = Make(person, other, who, words);
                    var key = (exposure.First, exposure.Second);
                    if (!found.TryGetValue(key, out var had) || exposure.Strength < had.Strength)
                        found[key] = exposure;
                }
            }
        }
        return [.. found.Values];
    }

    /// <summary>The words mean this person: by name, or by the number.</summary>
    public static bool Means(NamedPerson who, SharingPerson other) =>
        (who.CaseNo is not null && who.CaseNo == other.Person.CaseNo)
            || (who.Name is { } name && other.Name is { } own && name.Reveal(Disclosure.ForProcessing) == own);

    static SharedExposure Make(SharingPerson person, SharingPerson other, NamedPerson who, TextWords words)
    {
        var byNumber = who.CaseNo is not null && who.CaseNo == other.Person.CaseNo;
        var (strength, reason, chinese) = person.SpeaksAgainst(who.Relation, other)
            ? (ExposureStrength.Doubtful, "A relation is named, but the sexes speak against it: the number may be of another list.",
                "写明了亲属关系，但性别不符，编号可能属于另一份名单。")
            : byNumber ? (ExposureStrength.Possible, "One text names the other by the number of the case.", "一方以病例编号提到另一方。")
            : other.NameIsMasked ? (ExposureStrength.NameOnly, "One text holds the other's masked name, which many share.",
                "一方提到与另一方相同的隐名，同名者众多。")
            : (ExposureStrength.Certain, "One text names the other.", "一方写明了另一方的姓名。");
        var first = person.Index < other.Index;
        TextWords[] own = [words], others = other.Person.Heading is { } heading ? [heading] : [];
        return new SharedExposure(Math.Min(person.Index, other.Index), Math.Max(person.Index, other.Index), SharedExposureKind.Named,
            strength,
            who.Relation.ToString(), null, null, first ? own : others, first ? others : own, reason, chinese);
    }
}
