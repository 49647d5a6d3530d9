namespace Qipan.Protocols;

/// <summary>
/// `qipan protocol check FILE...`: every file alone, and then all of them together with the packs of the program, as a deployment
/// would load them.
/// </summary>
public static class CheckFiles
{
    /// <summary>One result for each file, in the order given. A folder stands for the YAML files in it.</summary>
    public static IReadOnlyList<CheckedFile> Of(IEnumerable<string> paths)
    {
        var files = paths.SelectMany(Files).Distinct(StringComparer.Ordinal).Select(CheckFile.Of).ToList();
        var packs = ProtocolPacks.Names.Select(n => CheckProtocol.OfPack(n, ProtocolPacks.Read(n)));
        var together = EqualRank.Of(LoadProtocols.Distinct(files.Concat(packs))).ToLookup(f => f.File);
        return [.. files.Select(f => f with { Findings = [.. f.Findings, .. together[f.File]] })];
    }

    static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(LoadProtocols.IsYaml).Order(StringComparer.Ordinal)
        : [path];
}
