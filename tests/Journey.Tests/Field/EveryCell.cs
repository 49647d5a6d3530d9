using System.Globalization;
using System.IO.Compression;
using System.Text;
using Qipan.Storage;

namespace Qipan.Journey.Tests.Field;

/// <summary>Everything that a store keeps, as text: each cell of each table, and what is packed in it.</summary>
static class EveryCell
{
    public static List<(string Table, string Column, string Text)> Of(Store store) => store.Read(session =>
    {
        var tables = session.Query<string>(session.Kind == StoreKind.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
        return tables.SelectMany(table => session.Query<object>($"SELECT * FROM {table}").Cast<IDictionary<string, object?>>()
            .SelectMany(row => row.SelectMany(cell => Texts(cell.Value).Select(text => (table, cell.Key, text))))).ToList();
    });

    static IEnumerable<string> Texts(object? value)
    {
        if (value is null)
            yield break;
        if (value is not byte[] bytes)
        {
            yield return Convert.ToString(value, CultureInfo.InvariantCulture)!;
            yield break;
        }
        yield return Encoding.UTF8.GetString(bytes);
        foreach (var unpack in Unpackers)
            if (Unpacked(bytes, unpack) is { } text)
                yield return text;
    }

    static readonly Func<Stream, Stream>[] Unpackers =
    [
        s => new DeflateStream(s, CompressionMode.Decompress), s => new GZipStream(s, CompressionMode.Decompress),
        s => new ZLibStream(s, CompressionMode.Decompress), s => new BrotliStream(s, CompressionMode.Decompress),
    ];

    static string? Unpacked(byte[] bytes, Func<Stream, Stream> unpack)
    {
        try
        {
            using var stream = unpack(new MemoryStream(bytes));
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
