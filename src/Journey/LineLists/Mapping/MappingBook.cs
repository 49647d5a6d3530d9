using System.Reflection;
using System.Text.RegularExpressions;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Protocols.Yaml;

namespace Qipan.LineLists;

/// <summary>A mapping that fits the heads of a file, and how well.</summary>
/// <param name="Found">Columns of the mapping that the file has.</param>
/// <param name="Known">Columns of the mapping.</param>
public sealed record MappingFit(ListMapping Mapping, int Found, int Known)
{
    public double Share => Known == 0 ? 0 : (double)Found / Known;
}

/// <summary>
/// The mappings that there are 列映射库: those that the program ships, and those of the data folder's <c>mappings/</c>, which stand before a
/// shipped one of the same name. Read anew when asked; safe for all threads.
/// </summary>
public sealed partial class MappingBook(string? folder)
{
    static readonly Assembly Home = typeof(MappingBook).Assembly;

    static readonly Lazy<IReadOnlyList<CheckedMapping>> Ready = new(() => [.. Home.GetManifestResourceNames()
        .Where(n => n.StartsWith("mappings/", StringComparison.Ordinal) && n.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(n => ReadMapping.Of(n, Shipped(n), ready: true))]);

    /// <summary>Those that are in order, by name.</summary>
    public IReadOnlyList<ListMapping> All => [.. Files().Select(f => f.Mapping).OfType<ListMapping>()
        .GroupBy(m => m.Name).Select(g => g.OrderBy(m => m.Ready).First()).OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>Every file with its findings.</summary>
    public IReadOnlyList<CheckedMapping> Files()
    {
        var own = folder is not null && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(Check).ToList() : [];
        return [.. own, .. Ready.Value];
    }

    /// <summary>The mapping of this name, or of this file.</summary>
    public Outcome<ListMapping> Named(string name)
    {
        if (All.FirstOrDefault(m => m.Name == name) is { } there)
            return there;
        if (!name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || !File.Exists(name))
            return new MappingUnknown();
        var found = Check(name);
        return found.Mapping is { } mapping ? mapping : new MappingWrong(found.Findings[0]);
    }

    /// <summary>Reads and checks a file. One that cannot be read is a finding too.</summary>
    public static CheckedMapping Check(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[ReadYaml.MaxBytes + 1];
            return ReadMapping.Of(path, bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CheckedMapping(path, null, [new Finding(path, 1, 1, "", "unreadable", "The file cannot be read. Check its name and its rights.")]);
        }
    }

    /// <summary>Keeps a mapping that is in order in the data folder, under its name.</summary>
    public CheckedMapping Save(ReadOnlySpan<byte> bytes)
    {
        var found = ReadMapping.Of("mapping.yaml", bytes);
        if (found.Mapping is not { } mapping || folder is null)
            return found;
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, mapping.Name + ".yaml");
        File.WriteAllBytes(path + ".new", bytes.ToArray());
        File.Move(path + ".new", path, overwrite: true);
        return found with { File = path };
    }

    /// <summary>The mappings that a file's heads fit, the best first; only those that have all that a list of their kind needs.</summary>
    public IReadOnlyList<MappingFit> Fitting(IReadOnlyList<string> heads, ListKind? kind = null) => Fit(All, heads, kind);

    internal static IReadOnlyList<MappingFit> Fit(IEnumerable<ListMapping> mappings, IReadOnlyList<string> heads, ListKind? kind)
    {
        var there = heads.Select(ListFields.Plain).ToHashSet(StringComparer.Ordinal);
        bool Has(ListMapping mapping, ListField field) =>
            mapping.Columns.TryGetValue(field, out var names) && names.Any(n => there.Contains(ListFields.Plain(n)));
        return [.. mappings.Where(m => (kind is null || m.Kind == kind) && ListFields.Needed(m.Kind).All(f => Has(m, f)))
            .Select(m => new MappingFit(m, m.Columns.Keys.Count(f => Has(m, f)), m.Columns.Count))
            .OrderByDescending(f => f.Share).ThenByDescending(f => f.Found).ThenBy(f => f.Mapping.Name, StringComparer.Ordinal)];
    }

    internal static byte[] Shipped(string name)
    {
        using var stream = Home.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program was built without {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A name is a word of a file's name and nothing else.</summary>
    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,60}$", RegexOptions.None, 1000)]
    internal static partial Regex NameForm();
}

/// <summary>No mapping has this name.</summary>
public sealed record MappingUnknown() : Refusal("mapping_unknown", RefusalKind.NotFound,
    "No mapping has this name. `qipan mapping list` names them; `qipan mapping guess FILE` finds one that fits.",
    "没有该名称的列映射。可用 qipan mapping list 查看，或用 qipan mapping guess FILE 查找匹配的映射。");

/// <summary>Nothing was sent.</summary>
public sealed record MappingEmpty() : Refusal("mapping_empty", RefusalKind.Invalid,
    "The request has no body. Send the mapping's text.", "请求没有内容，请发送列映射文本。");

/// <summary>The mapping's file is not in order.</summary>
public sealed record MappingWrong(Finding First) : Refusal("mapping_wrong", RefusalKind.Invalid,
    $"The mapping is not in order at line {First.Line}: {First.Sentence} `qipan mapping check` says everything.",
    $"列映射第{First.Line}行有误（{First.Code}）。请用 qipan mapping check 查看全部问题。");
