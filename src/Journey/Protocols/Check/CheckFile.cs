using Qipan.Protocols.Yaml;

namespace Qipan.Protocols;

/// <summary>`qipan protocol check FILE`: reads a file from disk and checks it. Never reads more than a protocol may have.</summary>
public static class CheckFile
{
    /// <summary>Every finding of the file, or the protocol. A file that cannot be read is a finding too.</summary>
    public static CheckedFile Of(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[ReadYaml.MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return CheckProtocol.Of(path, bytes.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CheckedFile(path, null, [new Finding(path, 1, 1, "", "unreadable",
                "The file cannot be read. Check its name and its rights.")]);
        }
    }
}
