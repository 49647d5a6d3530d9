namespace Qipan.Engine;

/// <summary>
/// What counts as a contact. All numbers come from the caller's protocol; the engine knows no disease. Times in seconds.
/// </summary>
public sealed record TraceRule
{
    /// <summary>Both stays must share at least this many seconds; less than 1 counts as 1, because touching is not overlap.</summary>
    public required long MinOverlap { get; init; }

    /// <summary>1: who met the index person. 2: also who met those.</summary>
    public int Rings { get; init; } = 1;

    /// <summary>The followed person's stays, clipped to the window, are lengthened by this: what stays in the air.</summary>
    public long Lag { get; init; }

    /// <summary>Ring 2 follows each contact through the whole window, not only from their first contact on.</summary>
    public bool WholeWindow { get; init; }

    /// <summary>Only within the same sub-area of a place; an unknown sub-area (0) matches every one.</summary>
    public bool SameArea { get; init; }
}

/// <summary>Whom to trace, and when they may have infected others: from (inclusive) to (exclusive, the year 9999 at the latest), Unix seconds.</summary>
public readonly record struct TraceIndex(uint Visitor, long From, long To);

/// <summary>
/// Somebody who met a followed person, with the sum of the evidence. An episode is a pair of stays that share enough time;
/// it is a proposal, and a person decides.
/// </summary>
public struct Contact
{
    internal const uint InferredBit = 1u << 31;

    /// <summary>A contact without an episode: the first one makes it somebody.</summary>
    internal static readonly Contact Nobody = new() { First = long.MaxValue / 2, Last = long.MinValue / 2 };

    internal uint EpisodesAndMark;

    public uint Visitor { readonly get; internal set; }

    /// <summary>Ring 2: the contact of ring 1 of the earliest meeting; the lower id where two are equally early. Ring 1: the index person.</summary>
    public uint Via { readonly get; internal set; }

    public readonly uint Episodes => EpisodesAndMark & ~InferredBit;

    /// <summary>True where an episode rests on a leave that nobody recorded.</summary>
    public readonly bool Inferred => (EpisodesAndMark & InferredBit) != 0;

    /// <summary>Seconds shared, summed over the episodes.</summary>
    public uint OverlapSeconds { readonly get; internal set; }

    /// <summary>Begin of the first shared span, Unix seconds.</summary>
    public long First { readonly get; internal set; }

    /// <summary>End of the last shared span.</summary>
    public long Last { readonly get; internal set; }

    /// <summary>Counts an episode, in the plainest way.</summary>
    internal void Count(uint visitor, uint via, long start, long end, bool inferred)
    {
        Visitor = visitor;
        if (start < First || (start == First && via < Via))
            (First, Via) = (start, via);
        Last = Math.Max(Last, end);
        EpisodesAndMark = (EpisodesAndMark + 1) | (inferred ? InferredBit : 0);
        OverlapSeconds = (uint)Math.Min(uint.MaxValue, OverlapSeconds + (end - start));
    }
}

/// <summary>One pair of stays that share enough time.</summary>
/// <param name="Ring">1 or 2.</param>
/// <param name="Via">Who was followed.</param>
/// <param name="Inferred">One of both leaves was not recorded.</param>
public readonly record struct Episode(uint Contact, uint Via, uint Place, ushort Area, byte Ring, bool Inferred, long Start, long End);
