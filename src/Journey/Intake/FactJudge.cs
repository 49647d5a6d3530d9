using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>
/// Judges the facts of some kinds. A later module registers one; every kind has exactly one judge. Safe for all threads.
/// </summary>
public abstract class FactJudge
{
    /// <summary>The kinds that it judges, in snake_case.</summary>
    public abstract IReadOnlyList<string> Kinds { get; }

    /// <summary>
    /// Reads the JSON object of one fact, away from the store. A refusal here holds for live and report alike: the fact is not usable.
    /// </summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="json">The fact as sent, envelope included; valid JSON in UTF-8.</param>
    public abstract Outcome<object> Read(string kind, ReadOnlySpan<byte> json);

    /// <summary>
    /// Judges the new facts of its kinds, in the order sent, and writes what follows from them. Called inside the county's unit, which
    /// may be run again; the same facts in any split and order must leave the same rows.
    /// </summary>
    public abstract void Judge(WriteSession session, FactBatch batch);
}

/// <summary>The new facts of one batch that one judge gets.</summary>
/// <param name="Owner">The county of the device, and of every row that is written.</param>
/// <param name="Device">Who sent it.</param>
/// <param name="Submission">The batch's id.</param>
/// <param name="Mode">Whether the device waits or reports.</param>
/// <param name="ReceivedAt">Our clock.</param>
/// <param name="Facts">In the order sent; none of them was received before.</param>
public sealed record FactBatch(
    string Owner, Device Device, Guid Submission, FactMode Mode, DateTimeOffset ReceivedAt, IReadOnlyList<Fact> Facts);
