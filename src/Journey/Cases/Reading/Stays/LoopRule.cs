namespace Qipan.Cases.Reading;

/// <summary>
/// Closed loops 闭环 (domain S0: 点对点管控): control that was said holds for the stays after it until it is said to end. Whoever was
/// among others meanwhile has broken it; the person's own work inside the loop has not.
/// </summary>
static class LoopRule
{
    public static void Set(ReadingRun run, PersonDraft person)
    {
        var held = person.Looped;
        foreach (var stay in person.Stays)
        {
            held |= stay.Loop == LoopState.Held;
            if (!held)
                continue;
            var broken = stay.AmongOthers && stay.Kind is PlaceKind.Named or PlaceKind.OtherHome or PlaceKind.None;
            stay.Loop = broken ? LoopState.Broken : LoopState.Held;
            if (broken && stay.Words is { } words)
                run.Problem(words, ReadingSentences.LoopBroken);
            held &= !stay.EndsLoop;
        }
    }
}
