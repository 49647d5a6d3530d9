using System.Collections.Frozen;
using Qipan.Kernel;
using Qipan.Kernel.Codes;

namespace Qipan.Protocols;

/// <summary>
/// All protocols that this deployment knows: the packs in the program and the files of its own folder. Immutable and safe for
/// all threads; what was loaded in another order answers the same.
/// </summary>
public sealed class ProtocolBook
{
    readonly FrozenDictionary<string, Protocol[]> byDisease;
    readonly FrozenDictionary<ProtocolVersion, Protocol> byVersion;

    internal ProtocolBook(IEnumerable<Protocol> protocols)
    {
        All = [.. protocols.OrderBy(p => p.Version.Id, StringComparer.Ordinal).ThenBy(p => p.Version.Version)];
        byVersion = All.ToFrozenDictionary(p => p.Version);
        byDisease = All.GroupBy(p => p.Disease, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The built-in packs and the deployment's own files (<c>*.yaml</c> in the folder; null or a missing folder: none).
    /// <c>protocols_refused</c> names every mistake of every file; then nothing is loaded.
    /// </summary>
    public static Outcome<ProtocolBook> Load(string? folder = null) => LoadProtocols.From(folder);

    /// <summary>Every protocol, by id and version.</summary>
    public IReadOnlyList<Protocol> All { get; }

    /// <summary>
    /// What holds for the disease at the place on the day (a local calendar day). <c>no_protocol</c> when nothing does,
    /// <c>place_code_wrong</c> when the place is none. A protocol written for a variant answers only when that variant is asked for.
    /// </summary>
    public Outcome<Ruling> Resolve(string disease, string placeCode, DateOnly on, string? variant = null)
    {
        if (!PlaceCode.Parse(placeCode).Ok)
            return new PlaceCodeWrong();
        var known = byDisease.GetValueOrDefault(disease) ?? [];
        var ranked = known
            .Where(p => p.Effective.Holds(on) && p.Jurisdiction.Covers(placeCode))
            .Where(p => p.Variant is null || p.Variant.Equals(variant, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(p => p.Jurisdiction.Narrowness)
            .ThenByDescending(p => p.Variant is not null)
            .ThenByDescending(p => p.Priority)
            .ThenByDescending(p => p.Effective.From)
            .ThenBy(p => p.Version.Id, StringComparer.Ordinal)
            .ThenBy(p => p.Version.Version)
            .ToList();
        return ranked.Count == 0 ? new NoProtocol(known.Length == 0 ? "" : disease, placeCode, on) : new Ruling(disease, placeCode, on, ranked);
    }

    /// <summary>
    /// The protocol that a decision was taken under (INV-33): a stay keeps its rule although another holds today.
    /// <c>unknown_protocol</c> when its file is gone.
    /// </summary>
    public Outcome<Protocol> Find(ProtocolVersion version) =>
        byVersion.TryGetValue(version, out var protocol) ? protocol : new UnknownProtocol(version);
}
