namespace Qipan.Registers;

/// <summary>
/// Which new rows of a unit may be somebody who is there, with what speaks for it: a pair is parked for a person's decision and never joined here (INV-22,
/// INV-23). For one thread.
/// </summary>
sealed class UnitPairs(KnownPersons known, DateTimeOffset now)
{
    /// <summary>Of one row; a name that half the county bears would park the county.</summary>
    const int MostOfOne = 5;

    readonly HashSet<(Guid, Guid)> pairedUp = [];

    public List<PairRow> Found { get; } = [];

    /// <summary>The row names a document that somebody of another name or birth holds.</summary>
    public void Conflict(PersonRow holder, PersonRow added) => Pair(holder.Id, added, 0.8, "document_conflict");

    /// <summary>An ID number of 15 digits and the same one in 18.</summary>
    public void ShortId(Guid earlier, PersonRow added) => Pair(earlier, added, 0.95, "short_id");

    /// <summary>With who was on the register before the unit.</summary>
    public void WithKnown(SealedPerson row, PersonRow added)
    {
        if (added.Birth is { } birth && known.Namesakes.TryGetValue((added.Owner, added.NameKey, birth), out var there))
            foreach (var namesake in there.Take(MostOfOne))
                Pair(namesake.Id, added, Likeness(namesake.Residence == added.Residence, row, known.WithIdCard.Contains(namesake.Id)), "name_birth");
        foreach (var (phone, _, _) in row.Phones)
            if (known.PhoneMates.TryGetValue((phone, added.NameKey), out var mates))
                foreach (var mate in mates.Take(MostOfOne))
                    Pair(mate.Id, added, 0.5, "phone_name");
    }

    /// <summary>With earlier rows of the unit that have the same name and birth.</summary>
    public void WithNamesakes(SealedPerson row, PersonRow added, IEnumerable<PersonRow> earlier)
    {
        foreach (var namesake in earlier.Take(MostOfOne))
            Pair(namesake.Id, added, Likeness(namesake.Residence == added.Residence, row, otherHasCard: true), "name_birth");
    }

    /// <summary>Two different ID cards speak against one person, one home speaks for it.</summary>
    static double Likeness(bool sameHome, SealedPerson row, bool otherHasCard) =>
        row.Person.DocType == DocType.IdCard && row.DocKey is not null && otherHasCard ? sameHome ? 0.5 : 0.3 : sameHome ? 0.9 : 0.7;

    void Pair(Guid earlier, PersonRow added, double score, string reason)
    {
        if (pairedUp.Add((earlier, added.Id)))
        {
            Found.Add(new PairRow { Owner = added.Owner, PersonA = earlier, PersonB = added.Id, Score = score, Reasons = reason, FoundAt = now });
            return;
        }
        var at = Found.FindLastIndex(p => p.PersonA == earlier && p.PersonB == added.Id);
        var pair = Found[at];
        if (!pair.Reasons.Contains(reason, StringComparison.Ordinal))
            Found[at] = pair with { Score = Math.Min(0.95, Math.Max(pair.Score, score) + 0.1), Reasons = $"{pair.Reasons},{reason}" };
    }
}
