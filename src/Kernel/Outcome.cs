using System.Diagnostics.CodeAnalysis;

namespace Qipan.Kernel;

/// <summary>
/// A value, or the refusal that stands in its place. The default is a refusal (<c>outcome_unset</c>), never a silent success.
/// </summary>
public readonly struct Outcome<T>
{
    static readonly Refusal Unset = new("outcome_unset", RefusalKind.Conflict, "No outcome was set.", "未得出结果。");

    readonly bool ok;
    readonly T? value;
    readonly Refusal? refusal;

    Outcome(T value)
    {
        ok = true;
        this.value = value;
    }

    Outcome(Refusal refusal) => this.refusal = refusal;

    /// <summary>True when there is a value; then <see cref="Refusal"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => ok;

    /// <summary>The refusal, or null when there is a value.</summary>
    public Refusal? Refusal => ok ? null : refusal ?? Unset;

    /// <summary>The value. Throws <see cref="InvalidOperationException"/> with the refusal's code when there is none.</summary>
    public T Value => ok ? value! : throw new InvalidOperationException($"There is no value: {Refusal!.Code}.");

    public static implicit operator Outcome<T>(T value) => new(value);

    public static implicit operator Outcome<T>(Refusal refusal) => new(refusal);

    /// <summary>One of two answers, by what this is.</summary>
    public TResult Match<TResult>(Func<T, TResult> whenOk, Func<Refusal, TResult> whenRefused) =>
        ok ? whenOk(value!) : whenRefused(Refusal!);

    /// <summary>The value changed by <paramref name="map"/>; a refusal stays as it is.</summary>
    public Outcome<TResult> Map<TResult>(Func<T, TResult> map) => ok ? map(value!) : new Outcome<TResult>(Refusal!);
}

/// <summary>The value of an outcome that has nothing to say but "done".</summary>
public readonly record struct Done
{
    public static Done Value => default;
}

/// <summary>Makes outcomes where the type cannot be inferred, as at the end of a lambda.</summary>
public static class Outcome
{
    public static Outcome<Done> Done { get; } = Kernel.Done.Value;

    public static Outcome<T> Of<T>(T value) => value;

    public static Outcome<T> Refused<T>(Refusal refusal) => refusal;
}
