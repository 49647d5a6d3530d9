using Qipan.Kernel;

namespace Qipan.Protocols;

/// <summary>Files were refused: none of the book is used, because a missing override would silently change rules.</summary>
public sealed record ProtocolsRefused(IReadOnlyList<Finding> Findings) : Refusal("protocols_refused", RefusalKind.Invalid,
    $"The protocols were not loaded: {Findings.Count} mistakes, the first is {Findings[0]}. Run `qipan protocol check` on the file.",
    $"规则未载入：共{Findings.Count}处错误，第一处为 {Findings[0]}。请运行 qipan protocol check 检查该文件。");

/// <summary>Builds the book from the built-in packs and a folder.</summary>
static class LoadProtocols
{
    /// <summary>Files of the folder <c>*.yaml</c> and <c>*.yml</c>; a folder that does not exist is empty.</summary>
    public static Outcome<ProtocolBook> From(string? folder)
    {
        var files = ProtocolPacks.Names.Select(n => CheckProtocol.OfPack(n, ProtocolPacks.Read(n))).ToList();
        if (folder is not null && Directory.Exists(folder))
            files.AddRange(Directory.EnumerateFiles(folder).Where(IsYaml).Order(StringComparer.Ordinal).Select(CheckFile.Of));
        return From(files);
    }

    /// <summary>The book of checked files in any order.</summary>
    public static Outcome<ProtocolBook> From(IReadOnlyCollection<CheckedFile> files)
    {
        var findings = files.SelectMany(f => f.Findings).ToList();
        var protocols = Distinct(files);
        findings.AddRange(EqualRank.Of(protocols));
        return findings.Count == 0 ? new ProtocolBook(protocols) : new ProtocolsRefused(findings);
    }

    /// <summary>The protocols of the files that are in order; a copy of one, byte by byte, counts once.</summary>
    public static IReadOnlyList<Protocol> Distinct(IEnumerable<CheckedFile> files) =>
        [.. files.Select(f => f.Protocol).OfType<Protocol>()
            .OrderBy(p => p.File, StringComparer.Ordinal).DistinctBy(p => (p.Version, p.Fingerprint))];

    public static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
