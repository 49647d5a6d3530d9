using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// Looks up the names of an import's rows and makes their words on the reading thread, away from the store's writer. What the snapshot does not know yet
/// because it still waits for the writer is remembered; a word that is handed over twice is there once. For one thread.
/// </summary>
sealed class NamesAhead(Store store)
{
    /// <summary>One batch is written, two wait, one waits for a place among them.</summary>
    const int MostWaiting = 4;

    readonly Queue<HashSet<(string Owner, string NameKey)>> waiting = new();

    /// <summary>The words that the batch's writer has to add.</summary>
    public List<NameTerm> Of(IReadOnlyCollection<SealedPerson> rows)
    {
        var names = rows.Select(r => r.Person).DistinctBy(p => (p.Owner, p.NameKey)).Where(p => !waiting.Any(w => w.Contains((p.Owner, p.NameKey)))).ToList();
        var missing = store.Read(session => NameTerms.Missing(session, names.Select(p => (p.Owner, p.Name, p.NameKey))));
        if (waiting.Count == MostWaiting)
            waiting.Dequeue();
        waiting.Enqueue([.. missing.Select(t => (t.Owner, t.NameKey))]);
        return missing;
    }
}
