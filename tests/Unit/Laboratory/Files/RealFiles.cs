using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>Where the real instrument files are. Absent: the test is skipped; on CI that is a failure.</summary>
static class RealFiles
{
    public static string? Folder { get; } = Find();

    public static string Path(string name)
    {
        if (Folder is null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("The real data is absent: ../shared/data or QIPAN_REAL_DATA.");
            Assert.Skip("The real data is absent: ../shared/data or QIPAN_REAL_DATA.");
        }
        return System.IO.Path.Combine(Folder, "lab", name);
    }

    public static ResultFile Read(string name)
    {
        using var stream = File.OpenRead(Path(name));
        var read = ResultFileReader.Read(stream, name, ReadLimits.Default);
        Assert.True(read.Ok, $"{name}: {read.Refusal?.Sentence}");
        return read.Value;
    }

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable("QIPAN_REAL_DATA") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            var beside = System.IO.Path.Combine(folder, "shared", "data");
            if (Directory.Exists(System.IO.Path.Combine(beside, "lab")))
                return beside;
        }
        return null;
    }
}
