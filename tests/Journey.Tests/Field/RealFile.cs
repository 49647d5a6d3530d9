using Xunit;

namespace Qipan.Journey.Tests.Field;

/// <summary>Where the real data is; none of it is in the repository. Absent: the test is skipped, on CI it fails.</summary>
static class RealFile
{
    public static string Path(string name)
    {
        if (Environment.GetEnvironmentVariable("QIPAN_REAL_DATA") is { Length: > 0 } named && File.Exists(System.IO.Path.Combine(named, name)))
            return System.IO.Path.Combine(named, name);
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            if (File.Exists(System.IO.Path.Combine(folder, "shared", "data", name)))
                return System.IO.Path.Combine(folder, "shared", "data", name);
        const string Missing = "The real data is absent: ../shared/data or QIPAN_REAL_DATA.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
        return "";
    }

    /// <summary>A file of the repository.</summary>
    public static string OfRepository(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Qipan.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return System.IO.Path.Combine(folder, name);
    }
}
