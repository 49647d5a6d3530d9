using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qipan.Engine.Bytes;
using Qipan.Engine.Segments;

namespace Qipan.Engine;

public sealed unsafe partial class Tracer
{
    const int FollowersAtOnce = 32;

    readonly Follower[] followers = new Follower[FollowersAtOnce];
    readonly (uint From, uint To)[] found = new (uint, uint)[FollowersAtOnce];
    readonly PinnedRows<FollowedStay> stays = new(1024);
    int stayCount;

    /// <summary>The stays of the first followers, each from when it is followed on, clipped and lengthened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Gather(int count, long to)
    {
        stayCount = 0;
        foreach (ref readonly var here in CollectionsMarshal.AsSpan(near))
        {
            if (here.FirstEnter >= to)
                continue;
            var segment = here.Segment;
            for (var i = 0; i < count; i++)
                segment.FetchVisitor(followers[i].Who);
            for (var i = 0; i < count; i++)
                if (here.LastLeave > followers[i].From && segment.FindVisitor(followers[i].Who, out var row, out var end))
                {
                    found[i] = (row, end);
                    segment.FetchRows(row, end);
                }
                else
                    found[i] = default;
            for (var i = 0; i < count; i++)
                for (var (row, end) = found[i]; row < end; row++)
                    AddStay(segment.VisitorRow(followers[i].Who, row).ToVisit(segment.Day), followers[i], to);
        }
        for (var i = 0; i < count; i++)
            GatherOthers(followers[i], to);
    }

    void GatherOthers(Follower follower, long to)
    {
        foreach (ref readonly var stay in view.Long.OfVisitor(follower.Who))
            AddStay(stay, follower, to);
        for (var at = view.Recent.LastOfVisitor(follower.Who); at != 0; at = view.Recent.BeforeOfVisitor(at))
            AddStay(view.Recent.At(at), follower, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddStay(in Visit stay, Follower follower, long to)
    {
        var enter = Math.Max(stay.Enter, follower.From);
        var leave = Math.Min(stay.Leave, to);
        if (leave <= enter || leave + lag - enter < least || (stay.Kind != LeaveKind.Explicit && view.Recent.Hides(stay)))
            return;
        if (stayCount == stays.Length)
            stays.Grow();
        stays.Start[stayCount++] = new FollowedStay(enter, leave + lag, stay.Place, follower.Who, stay.Area, stay.Kind != LeaveKind.Explicit);
    }

    /// <summary>Somebody who is followed from an instant on.</summary>
    readonly record struct Follower(uint Who, long From);

    /// <summary>A stay of a followed person, clipped and lengthened.</summary>
    readonly record struct FollowedStay(long Enter, long Leave, uint Place, uint Who, ushort Area, bool Inferred);

    /// <summary>A segment that may hold something of the window, with what the loops ask of it most.</summary>
    readonly struct NearSegment(Segment segment)
    {
        public readonly Segment Segment = segment;
        public readonly long FirstEnter = segment.Header.FirstEnter;
        public readonly long LastLeave = segment.Header.LastLeave;
        public readonly long DayStart = segment.DayStart;
    }
}
