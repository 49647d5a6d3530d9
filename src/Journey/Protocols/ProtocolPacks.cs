using System.Reflection;

namespace Qipan.Protocols;

/// <summary>The packs that are built into the program: the files of <c>protocols/</c> of the repository, byte by byte.</summary>
static class ProtocolPacks
{
    static readonly Assembly Home = typeof(ProtocolPacks).Assembly;

    /// <summary>The names of the packs, as <c>protocols/CN-COVID-8.yaml</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Home.GetManifestResourceNames()
            .Where(n => n.EndsWith(".yaml", StringComparison.Ordinal) && n.Count(c => c is '/' or '\\') == 1)
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Read(string name)
    {
        using var stream = Home.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
