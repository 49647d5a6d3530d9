using System.Runtime.CompilerServices;
using Qipan.Engine.Bytes;
using Qipan.Engine.Kernels;
using Qipan.Engine.Segments;

namespace Qipan.Engine;

public sealed unsafe partial class Tracer
{
    /// <summary>Rows of the pairs' blocks that meet their stays, pair by pair; and who they are.</summary>
    readonly PinnedRows<int> hits = new(4096);
    readonly PinnedRows<uint> who = new(4096);
    int hitCount;

    void GrowHits()
    {
        hits.Grow();
        who.Grow();
    }

    /// <summary>The hits become contacts, in three steps, each of which asks for the memory of the next: visitor, slot, contact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void TakeHits(Span<NearSegment> segments)
    {
        var end = pairs.Start + pairCount;
        for (var pair = pairs.Start; pair < end; pair++)
            if (pair->EndHit > pair->FirstHit)
                ReadVisitors(pair, segments[pair->Segment].Segment);
        for (var pair = pairs.Start; pair < end; pair++)
            DropSettled(pair);
        for (var pair = pairs.Start; pair < end; pair++)
            if (pair->EndHit == pair->FirstHit)
                continue;
            else if (segments[pair->Segment].Segment.HasRest || keepsEpisodes || sameArea)
                AddEach(pair, segments[pair->Segment].Segment);
            else
                AddPlain(pair);
        hitCount = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void ReadVisitors(Pair* pair, Segment segment)
    {
        var payload = new PlaceBlock(pair->Block).Payload;
        var bits = segment.PayloadBits;
        var mask = segment.VisitorMask;
        var row = hits.Start;
        var visitor = who.Start;
        var slot = slots.Start;
        var end = pair->EndHit;
        for (var h = pair->FirstHit; h < end; h++)
        {
            var one = (uint)(BitRows.Read(payload, (long)row[h] * bits, bits) & mask);
            visitor[h] = one;
            Fetch.Soon(slot + one);
        }
    }

    /// <summary>Drops the index person and, in ring 2, those of ring 1. As good as random, hence without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void DropSettled(Pair* pair)
    {
        var row = hits.Start;
        var visitor = who.Start;
        var slot = slots.Start;
        var contact = contacts.Start;
        var end = pair->EndHit;
        var bound = settled - 1;
        var kept = pair->FirstHit;
        for (var h = pair->FirstHit; h < end; h++)
        {
            var one = visitor[h];
            var position = slot[one];
            Fetch.Soon(contact + position);
            visitor[kept] = one;
            row[kept] = row[h];
            // One where the slot is 0 or not settled.
            kept += (int)(~((long)(position - 1) - bound) >>> 63);
        }
        pair->EndHit = kept;
    }

    /// <summary>The usual case: nothing but times, and nobody asks for the episodes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddPlain(Pair* pair)
    {
        while (contacts.Length - (int)next <= pair->EndHit - pair->FirstHit)
            GrowContacts();
        var block = new PlaceBlock(pair->Block);
        var tally = new Tally(this, pair->Stay->Who, pair->Stay->Inferred);
        var dayStart = pair->DayStart;
        var begin = (int)Math.Max(pair->Stay->Enter - dayStart, int.MinValue / 2);
        var until = (int)Math.Min(pair->Stay->Leave - dayStart, int.MaxValue / 2);
        var row = hits.Start;
        var visitor = who.Start;
        var end = pair->EndHit;
        for (var h = pair->FirstHit; h < end; h++)
        {
            var enter = block.EnterOf(row[h]);
            var leave = enter + block.Length[row[h]];
            tally.Add(visitor[h], dayStart + Larger(begin, enter), dayStart - Larger(-until, -leave));
        }
        next = tally.Next;
    }

    /// <summary>Without a branch; the difference must fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Larger(int a, int b) => a + ((b - a) & ~((b - a) >> 31));

    /// <summary>With sub-areas, kinds of leave and episodes.</summary>
    void AddEach(Pair* pair, Segment segment)
    {
        var block = new PlaceBlock(pair->Block);
        for (var h = pair->FirstHit; h < pair->EndHit; h++)
            MeetOne(*pair->Stay, segment.BlockRow(pair->Stay->Place, block, hits.Start[h]).ToVisit(segment.Day));
    }

    void Add(uint visitor, in FollowedStay stay, long start, long end, ushort area, bool inferred)
    {
        if (slots.Start[visitor] - 1 < settled - 1)
            return;
        if (sameArea && area != stay.Area && area != 0 && stay.Area != 0)
            return;
        if (contacts.Length == next)
            GrowContacts();
        inferred |= stay.Inferred;
        var tally = new Tally(this, stay.Who, inferred);
        tally.Add(visitor, start, end);
        next = tally.Next;
        if (!keepsEpisodes)
            return;
        if (episodeCount == episodes.Length)
            Array.Resize(ref episodes, Math.Max(1024, 2 * episodeCount));
        episodes[episodeCount++] = new Episode(visitor, stay.Who, stay.Place, area, (byte)(settled == FirstContact ? 1 : 2), inferred, start, end);
    }

    void GrowContacts()
    {
        var known = contacts.Length;
        contacts.Grow();
        for (var i = known; i < contacts.Length; i++)
            contacts.Start[i] = Contact.Nobody;
    }
}
