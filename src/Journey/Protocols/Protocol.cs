using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Qipan.Protocols;

/// <summary>Where a value comes from, and how sure it is.</summary>
public enum NoteMark : short
{
    /// <summary>Found in public text.</summary>
    F = 1,

    /// <summary>Common knowledge, not verified.</summary>
    K = 2,

    /// <summary>A proposal of this program, not a fact about the world.</summary>
    D = 3,
}

/// <summary>The source of a value or of everything under it 来源说明.</summary>
/// <param name="Path">Into the file, as <c>quarantine.close[0].tests</c>.</param>
/// <param name="Mark">Found, known or proposed.</param>
/// <param name="Source">Host, document or page.</param>
/// <param name="Text">What a reader should know.</param>
public sealed record SourceNote(string Path, NoteMark Mark, string Source, string Text);

/// <summary>The same name in both languages.</summary>
public sealed record Title(string Zh, string En);

/// <summary>
/// Days on which a protocol holds: from the first (included) to the last (excluded; null is open), by the local calendar.
/// </summary>
public sealed record Effective(DateOnly From, DateOnly? To = null)
{
    public bool Holds(DateOnly on) => on >= From && (To is null || on < To);

    public bool Overlaps(Effective other) => (To is null || other.From < To) && (other.To is null || From < other.To);
}

/// <summary>
/// A protocol 规则: versioned parameters of one disease in one jurisdiction for one interval (design idea 2). Immutable and safe
/// for all threads.
/// </summary>
public sealed class Protocol
{
    readonly FrozenDictionary<string, object> groups;

    internal Protocol(ProtocolHeader header, Jurisdiction jurisdiction, IReadOnlyDictionary<string, object> groups,
        IReadOnlyList<SourceNote> notes, string file, string fingerprint)
    {
        Version = new ProtocolVersion(header.Id, header.Version);
        Disease = header.Disease;
        Variant = header.Variant is null or "any" ? null : header.Variant;
        Jurisdiction = jurisdiction;
        Effective = header.Effective;
        Priority = header.Priority;
        Title = header.Title;
        Source = header.Source;
        this.groups = groups.ToFrozenDictionary();
        Notes = notes;
        File = file;
        Fingerprint = fingerprint;
    }

    public ProtocolVersion Version { get; }

    /// <summary>As <c>COVID-19</c>, <c>MEASLES</c>; compared without case.</summary>
    public string Disease { get; }

    /// <summary>Null: every variant.</summary>
    public string? Variant { get; }

    public Jurisdiction Jurisdiction { get; }

    public Effective Effective { get; }

    /// <summary>The higher wins among protocols of one jurisdiction.</summary>
    public int Priority { get; }

    public Title Title { get; }

    public string Source { get; }

    public IReadOnlyList<SourceNote> Notes { get; }

    /// <summary>The file it was read from.</summary>
    public string File { get; }

    /// <summary>SHA-256 of the file's bytes, lower hex: tells whether two files of one version are the same.</summary>
    public string Fingerprint { get; }

    /// <summary>The groups that it rules on, in alphabetical order.</summary>
    public IReadOnlyList<string> Groups => [.. groups.Keys.Order(StringComparer.Ordinal)];

    public bool Has(string group) => groups.ContainsKey(group);

    /// <summary>The group as it stands in this protocol alone, whatever others say.</summary>
    public bool TryGet<TRule>([NotNullWhen(true)] out TRule? rule)
        where TRule : class, IRule
    {
        rule = groups.GetValueOrDefault(TRule.Key) as TRule;
        return rule is not null;
    }

    internal object? Group(string key) => groups.GetValueOrDefault(key);

    public override string ToString() => Version.ToString();
}

/// <summary>The mapping <c>protocol:</c> at the head of a file.</summary>
sealed record ProtocolHeader
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Disease { get; init; }

    public string? Variant { get; init; }

    public required string Jurisdiction { get; init; }

    public required Effective Effective { get; init; }

    public required int Priority { get; init; }

    public required Title Title { get; init; }

    public required string Source { get; init; }
}
