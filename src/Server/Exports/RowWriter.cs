using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Qipan.Server.Exports;

/// <summary>Writes rows one by one; nothing is held but the row.</summary>
abstract class RowWriter(TextWriter output, IReadOnlyList<ExportColumn> columns)
{
    protected TextWriter Output => output;

    protected IReadOnlyList<ExportColumn> Columns => columns;

    public static RowWriter Of(bool json, TextWriter output, IReadOnlyList<ExportColumn> columns) =>
        json ? new JsonRows(output, columns) : new CsvRows(output, columns);

    public abstract void Begin();

    public abstract void Row(IDictionary<string, object?> row);

    public abstract void End();

    /// <summary>The stored value as text; null stays null.</summary>
    protected static string? Text(ExportColumn column, object? value) => (column.Type, value) switch
    {
        (_, null) => null,
        (ExportType.Id, byte[] bytes) => Convert.ToHexStringLower(bytes),
        (ExportType.Id, Guid id) => id.ToString("N"),
        (ExportType.Instant, _) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        (ExportType.Word, _) => JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.ToObject(column.Words!, Convert.ToInt32(value, CultureInfo.InvariantCulture)).ToString()!),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
    sealed class CsvRows(TextWriter output, IReadOnlyList<ExportColumn> columns) : RowWriter(output, columns)
    {
        readonly StringBuilder line = new();

        public override void Begin() => Output.Write(string.Join(',', Columns.Select(c => c.Name)) + "\r\n");

        public override void Row(IDictionary<string, object?> row)
        {
            line.Clear();
            foreach (var column in Columns)
            {
                if (line.Length > 0 || column != Columns[0])
                    line.Append(',');
                Append(Text(column, row[column.Name]) ?? "", column.Type == ExportType.Text);
            }
            Output.Write(line.Append("\r\n"));
        }

        public override void End() => Output.Flush();

        void Append(string text, bool free)
        {
            if (free && text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n')
                text = "'" + text;
            if (text.AsSpan().ContainsAny(",\"\r\n"))
                line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else
                line.Append(text);
        }
    }

    /// <summary>An array with one object a line.</summary>
    sealed class JsonRows(TextWriter output, IReadOnlyList<ExportColumn> columns) : RowWriter(output, columns)
    {
        readonly ArrayBufferWriter<byte> buffer = new();
        bool first = true;

        public override void Begin() => Output.Write("[");

        public override void Row(IDictionary<string, object?> row)
        {
            buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                foreach (var column in Columns)
                {
                    if (column.Type == ExportType.Number && row[column.Name] is { } number)
                        json.WriteNumber(column.Name, Convert.ToInt64(number, CultureInfo.InvariantCulture));
                    else
                        json.WriteString(column.Name, Text(column, row[column.Name]));
                }
                json.WriteEndObject();
            }
            Output.Write(first ? "\n" : ",\n");
            Output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
            first = false;
        }

        public override void End()
        {
            Output.Write("\n]\n");
            Output.Flush();
        }
    }
}
