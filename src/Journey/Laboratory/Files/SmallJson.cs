using System.Text.Json;

namespace Qipan.Laboratory.Files;

/// <summary>Reads a small JSON file that people write.</summary>
static class SmallJson
{
    const int Max = 1 << 20;

    /// <summary>The value, or null with the path of what is wrong.</summary>
    public static T? Read<T>(Stream stream, JsonSerializerOptions options, out string path)
        where T : class
    {
        path = "$";
        var bytes = new byte[Max + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > Max)
            return null;
        var text = bytes.AsSpan(0, length);
        try
        {
            return JsonSerializer.Deserialize<T>(text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text, options);
        }
        catch (JsonException e)
        {
            path = e.Path is { Length: > 0 and < 100 } where ? where : "$";
            return null;
        }
    }
}
