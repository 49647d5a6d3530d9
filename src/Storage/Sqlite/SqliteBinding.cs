using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Qipan.Storage.Sqlite;

/// <summary>Binds values to parameters by position. One per connection: it keeps the memory that texts pass through.</summary>
sealed class SqliteBinding
{
    byte[] text = new byte[1024];

    /// <summary>Returns SQLite's result code. Instants are bound as milliseconds, dates as text, flags and enums as numbers.</summary>
    public int Bind(sqlite3_stmt statement, int at, object? value)
    {
        switch (value)
        {
            case null:
                return raw.sqlite3_bind_null(statement, at);
            case string { Length: 0 }:
                return raw.sqlite3_bind_text(statement, at, "");
            case string words:
                if (text.Length < words.Length * 3)
                    text = new byte[words.Length * 4];
                return raw.sqlite3_bind_text(statement, at, text.AsSpan(0, Encoding.UTF8.GetBytes(words, text)));
            case Guid id:
                Span<byte> bytes = stackalloc byte[16];
                id.TryWriteBytes(bytes, bigEndian: true, out _);
                return raw.sqlite3_bind_blob(statement, at, bytes);
            case byte[] { Length: 0 }:
                return raw.sqlite3_bind_zeroblob(statement, at, 0);
            case byte[] blob:
                return raw.sqlite3_bind_blob(statement, at, blob);
            case double real:
                return raw.sqlite3_bind_double(statement, at, real);
            case float real:
                return raw.sqlite3_bind_double(statement, at, real);
            case long number:
                return raw.sqlite3_bind_int64(statement, at, number);
            case short or int or byte or Enum:
                return raw.sqlite3_bind_int64(statement, at, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            case bool or DateTimeOffset or DateOnly:
                return Bind(statement, at, Stored.Plain(ColumnType.Big, value));
            default:
                throw new NotSupportedException($"A column does not keep a {value.GetType().Name}.");
        }
    }
}
