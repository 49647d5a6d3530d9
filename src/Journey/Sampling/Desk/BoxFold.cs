using System.Globalization;

namespace Qipan.Sampling;

/// <summary>From what is known of a box to its state, its custody chain and what does not agree (INV-04).</summary>
static class BoxFold
{
    public static List<NewDiscrepancy> Fold(BoxFile file)
    {
        file.Custody = [.. file.Custody.OrderBy(c => c.At).ThenBy(c => c.Fact).Select((c, i) => c with { Seq = i + 1 })];
        var complete = file.Custody.FindAll(c => c.Complete);
        var first = complete.FirstOrDefault();
        var now = file.Now;
        file.Now = now with
        {
            SentAt = first?.At,
            SentBy = first?.Fact,
            Courier = first?.ToHolder,
            Holder = now.BeyondField ? now.Holder : complete.LastOrDefault()?.ToHolder ?? (now.OpenedBy is { } device ? $"device:{device:N}" : ""),
            State = now.BeyondField ? now.State : first is not null ? BoxState.Sent : now.ClosedAt is not null ? BoxState.Closed : BoxState.Open,
        };
        return Found(file, complete);
    }

    static List<NewDiscrepancy> Found(BoxFile file, List<CustodyRow> complete)
    {
        var found = new List<NewDiscrepancy>();
        var now = file.Now;
        if (now.OpenedAt is null)
            Add(DiscrepancyKinds.NeverOpened, "", "{}");
        if (now.ClosedTwice)
            Add(DiscrepancyKinds.SealedTwice, "", "{}");
        if (now.OpenedAt is not null && file.Tubes.Count > now.Capacity)
            Add(DiscrepancyKinds.BoxOverfull, "", string.Create(CultureInfo.InvariantCulture, $$"""{"tubes":{{file.Tubes.Count}},"capacity":{{now.Capacity}}}"""));
        foreach (var (tube, at) in file.Tubes)
            if (at > now.ClosedAt)
                Add(DiscrepancyKinds.BoxedAfterClose, tube.ToString("N"), $$"""{"tube":"{{tube:N}}"}""");
        if (now.ClosedAt < now.OpenedAt)
            Add(DiscrepancyKinds.ImpossibleOrder, "closed", """{"what":"closed before opened"}""");
        if (now.SentAt is { } sent && !(now.ClosedAt <= sent))
            Add(DiscrepancyKinds.CustodyBroken, "open", """{"what":"handed over before it was closed"}""");
        var holder = now.OpenedBy is { } device ? $"device:{device:N}" : "";
        foreach (var c in complete)
        {
            // The first giver may be any member of the team that opened it; from then on the chain has no gap.
            if (c != complete[0] && c.FromHolder.Length > 0 && c.FromHolder != holder)
                Add(DiscrepancyKinds.CustodyBroken, c.Fact.ToString("N"), $$"""{"what":"the giver was not the holder","fact":"{{c.Fact:N}}"}""");
            holder = c.ToHolder;
        }
        return found;

        void Add(string kind, string cause, string detail) => found.Add(new NewDiscrepancy(kind, "box", file.Id, cause, detail));
    }
}
