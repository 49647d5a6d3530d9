using Qipan.Kernel;

namespace Qipan.Intake;

/// <summary>How a batch was meant. The numbers reach disk: append only.</summary>
public enum FactMode
{
    /// <summary>The sampler waits for the answer; what is against a rule is refused and has not happened.</summary>
    Live = 1,

    /// <summary>It has happened already; what is against a rule is kept and listed as a discrepancy.</summary>
    Report = 2,
}

/// <summary>What became of a fact. The numbers reach disk: append only.</summary>
public enum Verdict
{
    Accepted = 1,
    AlreadyHad = 2,
    Refused = 3,
}

/// <summary>Flags of an accepted fact; the texts reach disk and wire. A judge may add words of its own in snake_case.</summary>
public static class FactFlags
{
    /// <summary>Arrived long after it happened (INV-40).</summary>
    public const string Late = "late";

    /// <summary>Its time cannot be right, even after the device's offset (INV-41).</summary>
    public const string Clock = "clock";
}

/// <summary>One fact of a batch while it is judged. A judge either accepts it, with flags, or refuses it.</summary>
/// <param name="id">Minted by the device.</param>
/// <param name="kind">One of the judge's kinds.</param>
/// <param name="ordinal">Its place in the batch.</param>
/// <param name="occurredAt">As the device claims.</param>
/// <param name="correctedAt">Minus the device's clock offset: the time that counts.</param>
/// <param name="payload">What <see cref="FactJudge.Read"/> made of it.</param>
public sealed class Fact(Guid id, string kind, int ordinal, DateTimeOffset occurredAt, DateTimeOffset correctedAt, object payload)
{
    List<string>? flags;

    public Guid Id => id;

    public string Kind => kind;

    public int Ordinal => ordinal;

    public DateTimeOffset OccurredAt => occurredAt;

    public DateTimeOffset CorrectedAt => correctedAt;

    /// <summary>Unix milliseconds of <see cref="CorrectedAt"/>.</summary>
    public long At { get; } = correctedAt.ToUnixTimeMilliseconds();

    public object Payload => payload;

    public bool Late { get; internal init; }

    /// <summary>It says that it happens in the future, even after the offset.</summary>
    public bool FromTheFuture { get; internal init; }

    public Refusal? Refusal { get; private set; }

    /// <summary>What it speaks of: a tube, a box, a session. Null until its judge has said so, and for a refused one.</summary>
    public Guid? Subject { get; private set; }

    public bool Judged { get; private set; }

    public IReadOnlyList<string> Flags => flags ?? [];

    /// <param name="subject">What it speaks of; kept with it.</param>
    public void Accept(Guid? subject = null)
    {
        Subject = subject;
        Judged = true;
    }

    public void Refuse(Refusal refusal)
    {
        Refusal = refusal;
        Judged = true;
    }

    /// <summary>Adds a flag once.</summary>
    public void Flag(string flag)
    {
        flags ??= [];
        if (!flags.Contains(flag))
            flags.Add(flag);
    }
}
