using Qipan.Engine.Bytes;
using Qipan.Engine.Kernels;

namespace Qipan.Engine;

/// <summary>
/// Finds contacts, one index person after the other, in memory that it keeps: a warm tracer allocates nothing. For one thread;
/// several tracers may use one view. Needs 4 bytes for each visitor of the store.
/// </summary>
/// <remarks>
/// A trace is a chain of loads, each of which needs the one before it: visitor, rows, place, block, stays, contacts. So that the
/// processor does not wait for each, every step is done for a group of people or stays, and the memory of the next step is asked for
/// meanwhile: <c>Tracer.Gather.cs</c>, <c>Tracer.Meet.cs</c>, <c>Tracer.Hits.cs</c>.
/// </remarks>
public sealed unsafe partial class Tracer
{
    /// <summary>What stands in the slot of the index person; no contact of theirs is there.</summary>
    const uint Myself = 1;

    const uint FirstContact = 2;

    readonly PresenceView view;

    /// <summary>For each visitor: the position among the contacts, or 0 for nobody yet.</summary>
    readonly PinnedRows<uint> slots;
    readonly PinnedRows<Contact> contacts = new(1024);
    readonly List<NearSegment> near = [];
    Episode[] episodes = [];
    int episodeCount;

    /// <summary>Where the next new contact goes.</summary>
    uint next = FirstContact;

    /// <summary>Contacts before this position are those of ring 1, and the index person: nobody meets them any more.</summary>
    uint settled = FirstContact;
    int ring1Count;
    uint index;
    bool keepsEpisodes;
    bool sameArea;
    long least;
    long lag;

    public Tracer(PresenceView view)
    {
        this.view = view;
        slots = new PinnedRows<uint>((int)view.VisitorLimit);
        for (var i = 0; i < contacts.Length; i++)
            contacts.Start[i] = Contact.Nobody;
        // Known before the hot methods are compiled, so that they need not ask again each time.
        _ = Twins.UseVector256;
    }

    /// <summary>Contacts of the index person. Valid until the next trace.</summary>
    public ReadOnlySpan<Contact> Ring1 => contacts.Span((int)FirstContact, ring1Count);

    /// <summary>Contacts of ring 1 that are neither the index person nor in ring 1.</summary>
    public ReadOnlySpan<Contact> Ring2 => contacts.Span((int)FirstContact + ring1Count, (int)(next - FirstContact) - ring1Count);

    /// <summary>Every pair of stays, where they were asked for.</summary>
    public ReadOnlySpan<Episode> Episodes => episodes.AsSpan(0, episodeCount);

    /// <summary>Traces one index person by the rule; the results are in <see cref="Ring1"/> and <see cref="Ring2"/>.</summary>
    /// <param name="withEpisodes">Also keeps every episode: evidence to show, at the price of memory.</param>
    public void Trace(TraceIndex of, TraceRule rule, bool withEpisodes = false)
    {
        of = of with { To = Math.Min(of.To, Visit.LatestTime) };
        Begin(of, rule, withEpisodes);
        followers[0] = new Follower(of.Visitor, of.From);
        Gather(1, of.To);
        MeetAll();
        ring1Count = (int)(next - FirstContact);
        settled = next;
        if (rule.Rings < 2)
            return;
        for (var from = 0; from < ring1Count; from += FollowersAtOnce)
        {
            var count = Math.Min(FollowersAtOnce, ring1Count - from);
            for (var i = 0; i < count; i++)
            {
                ref var contact = ref contacts.Start[FirstContact + from + i];
                followers[i] = new Follower(contact.Visitor, rule.WholeWindow ? of.From : contact.First);
            }
            Gather(count, of.To);
            MeetAll();
        }
    }

    void Begin(TraceIndex of, TraceRule rule, bool withEpisodes)
    {
        for (var i = FirstContact; i < next; i++)
        {
            slots.Start[contacts.Start[i].Visitor] = 0;
            contacts.Start[i] = Contact.Nobody;
        }
        if (index < slots.Length)
            slots.Start[index] = 0;
        index = of.Visitor;
        if (index < slots.Length)
            slots.Start[index] = Myself;
        ring1Count = episodeCount = 0;
        next = settled = FirstContact;
        keepsEpisodes = withEpisodes;
        sameArea = rule.SameArea;
        least = Math.Max(1, rule.MinOverlap);
        lag = Math.Max(0, rule.Lag);
        near.Clear();
        foreach (var segment in view.Segments)
            if (segment.Header.LastLeave > of.From && segment.Header.FirstEnter < of.To + lag)
                near.Add(new NearSegment(segment));
    }
}
