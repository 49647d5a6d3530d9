using System.Reflection;
using System.Xml.Linq;

namespace Qipan.Architecture;

/// <summary>The repository as the tests see it.</summary>
static class Tree
{
    /// <summary>The order of references: a project may name only those before it.</summary>
    public static readonly string[] Order =
    [
        "Kernel", "Engine", "Contracts", "Storage", "PresenceOnPostgres", "Http", "Protocols", "Registers", "Duties", "Intake", "Sampling", "Laboratory",
        "Cases", "Tracing", "LineLists", "Situation", "Drill", "Consoles", "Server", "Cli",
    ];

    /// <summary>The modules of the journey.</summary>
    public static readonly string[] Journey = ["Protocols", "Registers", "Duties", "Intake", "Sampling", "Laboratory", "Cases", "Tracing", "LineLists", "Situation"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files under the root that are kept in version control, by their path from the root.</summary>
    public static IEnumerable<string> Files(params string[] endings) => Directory
        .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
        .Where(f => !f.Split('/').Any(part => part is "artifacts" or "bin" or "obj" or ".git" or "node_modules" or "TestResults"))
        .Where(f => endings.Length == 0 || endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Each project under src with the projects it names, by name.</summary>
    public static Dictionary<string, string[]> Projects() => Files(".csproj").Where(f => f.StartsWith("src/", StringComparison.Ordinal))
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => XDocument.Parse(Read(f)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/'))).ToArray());

    /// <summary>The program's own assemblies.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [.. Projects().Keys.Select(name => Assembly.Load(name == "Cli" ? "qipan" : $"Qipan.{name}"))];

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Qipan.slnx")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("The tests run inside the repository.");
        return folder;
    }
}
