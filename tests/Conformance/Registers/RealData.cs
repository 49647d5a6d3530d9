using Xunit;

namespace Qipan.Conformance.Registers;

/// <summary>The shared real data; absent it skips the test, on CI it fails it.</summary>
static class RealData
{
    public static string File(string relative)
    {
        var root = Environment.GetEnvironmentVariable("QIPAN_REAL_DATA") is { Length: > 0 } set ? set : Path.Combine(Root(), "..", "shared", "data");
        var path = Path.Combine(root, relative);
        if (!System.IO.File.Exists(path) && Root().Contains("/wt/", StringComparison.Ordinal))
            path = Path.Combine(Root(), "..", "..", "shared", "data", relative);
        if (!System.IO.File.Exists(path))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"The real data is missing: {relative}");
            Assert.Skip($"The real data is missing: {relative}");
        }
        return path;
    }

    public static string Shipped(string relative) => Path.Combine(Root(), relative);

    static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !System.IO.File.Exists(Path.Combine(at.FullName, "Qipan.slnx")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Qipan.slnx is not above the test.");
    }
}
