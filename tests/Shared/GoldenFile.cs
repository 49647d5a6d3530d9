using Xunit;

namespace Qipan.Testing;

/// <summary>A generated file that is kept in the tree and must be current.</summary>
public static class GoldenFile
{
    static readonly string Root = FindRoot();

    /// <summary>
    /// Holds the file to what it must say. QIPAN_UPDATE=true writes it instead, and the difference goes into the commit.
    /// </summary>
    public static void Hold(string path, string expected)
    {
        var full = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("QIPAN_UPDATE") == "true")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, expected);
        }
        var there = File.Exists(full) ? File.ReadAllText(full) : "";
        Assert.True(there == expected, $"{path} is not current: run QIPAN_UPDATE=true tests/run and look at the difference.");
    }

    /// <summary>A text of the repository, for a test that holds a document to what the program does.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Qipan.slnx")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("The tests run inside the repository.");
        return folder;
    }
}
