namespace Qipan.Kernel;

/// <summary>Names one thing of any kind: the subject, the basis or the evidence of something. Prints as <c>tube/0199…</c>.</summary>
/// <param name="Kind">A word of the field in snake_case: tube, run, person.</param>
/// <param name="Id">An id in 32 hex digits, or a natural key. Never personal data.</param>
public readonly record struct Ref(string Kind, string Id)
{
    public Ref(string kind, Guid id)
        : this(kind, id.ToString("N"))
    {
    }

    public override string ToString() => $"{Kind}/{Id}";
}
