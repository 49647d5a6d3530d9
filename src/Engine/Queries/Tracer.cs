using Qipan.Engine.Segments;

namespace Qipan.Engine;

/// <summary>
/// Finds contacts, one index person after the other, in memory that it keeps: a warm tracer allocates nothing. For one thread;
/// several tracers may use one view. Needs 4 bytes for each visitor of the store.
/// </summary>
public sealed partial class Tracer
{
    const int Myself = -1;

    readonly PresenceView view;

    /// <summary>For each visitor: position + 1 among the contacts, 0 for nobody yet, -1 for the index person.</summary>
    readonly int[] slots;
    readonly List<Segment> near = [];
    Contact[] contacts = new Contact[1024];
    Episode[] episodes = [];
    FollowedStay[] stays = new FollowedStay[64];
    int contactCount;
    int ring1Count;
    int episodeCount;
    int stayCount;
    uint index;
    bool keepsEpisodes;
    bool sameArea;
    long least;
    long lag;

    public Tracer(PresenceView view)
    {
        this.view = view;
        slots = new int[view.VisitorLimit];
    }

    /// <summary>Contacts of the index person. Valid until the next trace.</summary>
    public ReadOnlySpan<Contact> Ring1 => contacts.AsSpan(0, ring1Count);

    /// <summary>Contacts of ring 1 that are neither the index person nor in ring 1.</summary>
    public ReadOnlySpan<Contact> Ring2 => contacts.AsSpan(ring1Count, contactCount - ring1Count);

    /// <summary>Every pair of stays, where they were asked for.</summary>
    public ReadOnlySpan<Episode> Episodes => episodes.AsSpan(0, episodeCount);

    /// <summary>Traces one index person by the rule; the results are in <see cref="Ring1"/> and <see cref="Ring2"/>.</summary>
    /// <param name="withEpisodes">Also keeps every episode: evidence to show, at the price of memory.</param>
    public void Trace(TraceIndex of, TraceRule rule, bool withEpisodes = false)
    {
        Begin(of, rule, withEpisodes);
        Follow(of.Visitor, of.From, of.To);
        ring1Count = contactCount;
        if (rule.Rings < 2)
            return;
        for (var i = 0; i < ring1Count; i++)
            Follow(contacts[i].Visitor, rule.WholeWindow ? of.From : contacts[i].First, of.To);
    }

    void Begin(TraceIndex of, TraceRule rule, bool withEpisodes)
    {
        for (var i = 0; i < contactCount; i++)
            slots[contacts[i].Visitor] = 0;
        if (index < slots.Length)
            slots[index] = 0;
        index = of.Visitor;
        if (index < slots.Length)
            slots[index] = Myself;
        contactCount = ring1Count = episodeCount = 0;
        keepsEpisodes = withEpisodes;
        sameArea = rule.SameArea;
        least = Math.Max(1, rule.MinOverlap);
        lag = Math.Max(0, rule.Lag);
        near.Clear();
        foreach (var segment in view.Segments)
            if (segment.Header.LastLeave > of.From && segment.Header.FirstEnter < of.To + lag)
                near.Add(segment);
    }

    void Follow(uint who, long from, long to)
    {
        stayCount = 0;
        foreach (var segment in near)
        {
            if (segment.Header.LastLeave <= from || segment.Header.FirstEnter >= to || !segment.FindVisitor(who, out var row, out var end))
                continue;
            for (; row < end; row++)
                AddStay(segment.VisitorRow(who, row).ToVisit(segment.Day), from, to);
        }
        foreach (ref readonly var stay in view.Long.OfVisitor(who))
            AddStay(stay, from, to);
        for (var at = view.Recent.LastOfVisitor(who); at != 0; at = view.Recent.BeforeOfVisitor(at))
            AddStay(view.Recent.At(at), from, to);
        for (var i = 0; i < stayCount; i++)
            Meet(who, stays[i]);
    }

    void AddStay(in Visit stay, long from, long to)
    {
        var enter = Math.Max(stay.Enter, from);
        var leave = Math.Min(stay.Leave, to);
        if (leave <= enter || leave + lag - enter < least || (stay.Kind != LeaveKind.Explicit && view.Recent.Hides(stay)))
            return;
        if (stayCount == stays.Length)
            Array.Resize(ref stays, 2 * stayCount);
        var inferred = stay.Kind != LeaveKind.Explicit;
        stays[stayCount++] = new FollowedStay(enter, leave + lag, stay.Place, stay.Area, inferred);
    }

    void Add(uint visitor, uint via, in FollowedStay stay, long start, long end, ushort area, bool inferred)
    {
        if (sameArea && area != stay.Area && area != 0 && stay.Area != 0)
            return;
        inferred |= stay.Inferred;
        ref var slot = ref slots[visitor];
        var ring2 = ring1Count > 0;
        if (slot == Myself || (ring2 && slot != 0 && slot <= ring1Count))
            return;
        if (slot == 0)
        {
            if (contactCount == contacts.Length)
                Array.Resize(ref contacts, 2 * contactCount);
            contacts[contactCount++] = new Contact
            {
                Visitor = visitor,
                Via = via,
                EpisodesAndMark = inferred ? Contact.InferredBit | 1 : 1,
                OverlapSeconds = (uint)Math.Min(uint.MaxValue, end - start),
                First = start,
                Last = end,
            };
            slot = contactCount;
        }
        else
        {
            ref var contact = ref contacts[slot - 1];
            var earlier = start < contact.First || (start == contact.First && via < contact.Via);
            contact = new Contact
            {
                Visitor = visitor,
                Via = earlier ? via : contact.Via,
                EpisodesAndMark = (contact.EpisodesAndMark + 1) | (inferred ? Contact.InferredBit : 0),
                OverlapSeconds = (uint)Math.Min(uint.MaxValue, contact.OverlapSeconds + (end - start)),
                First = earlier ? start : contact.First,
                Last = Math.Max(end, contact.Last),
            };
        }
        if (keepsEpisodes)
            Keep(new Episode(visitor, via, stay.Place, area, (byte)(ring2 ? 2 : 1), inferred, start, end));
    }

    void Keep(in Episode episode)
    {
        if (episodeCount == episodes.Length)
            Array.Resize(ref episodes, Math.Max(1024, 2 * episodeCount));
        episodes[episodeCount++] = episode;
    }

    /// <summary>A stay of the followed person, clipped and lengthened.</summary>
    readonly record struct FollowedStay(long Enter, long Leave, uint Place, ushort Area, bool Inferred);
}
