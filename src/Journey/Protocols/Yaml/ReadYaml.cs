using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Qipan.Protocols.Yaml;

/// <summary>Something that is wrong in the text itself, before any rule is asked.</summary>
sealed record YamlProblem(Place Place, string Code, string Sentence);

/// <summary>
/// Reads one YAML document into a tree that remembers lines. What a protocol needs is read, and the rest is refused: no anchors
/// or aliases (a few lines of them unfold to gigabytes), no tags, no second document, and the limits below.
/// </summary>
sealed class ReadYaml
{
    /// <summary>A protocol is a few hundred lines.</summary>
    public const int MaxBytes = 1 << 20;

    public const int MaxDepth = 16;

    public const int MaxNodes = 20_000;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly List<YamlProblem> problems = [];
    int nodes;

    /// <summary>The tree, or null and the problems. A tree with problems (a key that stands twice) is given too.</summary>
    public static (YamlTree? Tree, IReadOnlyList<YamlProblem> Problems) From(ReadOnlySpan<byte> bytes)
    {
        var reading = new ReadYaml();
        return (reading.Read(bytes), reading.problems);
    }

    YamlTree? Read(ReadOnlySpan<byte> bytes)
    {
        var start = new Place(1, 1);
        if (bytes.Length > MaxBytes)
            return Refuse(start, "too_large", $"The file has {bytes.Length:N0} bytes; a protocol has at most {MaxBytes:N0}.");
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            return Refuse(new Place(line, 1), "not_utf8", "The file is not UTF-8. Save it as UTF-8.");
        }
        if (text.Contains('\0', StringComparison.Ordinal))
            return Refuse(start, "not_utf8", "The file holds zero bytes: it is no UTF-8 text. Save it as UTF-8.");
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            return Document(new Parser(scanner));
        }
        catch (YamlException e)
        {
            return Refuse(At(e.Start), "yaml_syntax", $"This is not YAML: {e.Message.TrimEnd('.')}.");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException
            or OverflowException)
        {
            // The parser meets broken text with these too; what it throws says nothing that helps a writer.
            return Refuse(At(scanner.CurrentPosition), "yaml_syntax",
                "This is not YAML: a bracket, a quote or a colon before this place is wrong.");
        }
    }

    YamlTree? Document(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return Refuse(new Place(1, 1), "empty", "The file is empty.");
        parser.Consume<DocumentStart>();
        var root = Node(parser, depth: 1);
        if (root is null)
            return null;
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
            return Refuse(At(parser.Current!.Start), "second_document", "A file holds one protocol; a second document begins here.");
        return root;
    }

    YamlTree? Node(Parser parser, int depth)
    {
        var current = parser.Consume<ParsingEvent>();
        var place = At(current.Start);
        if (++nodes > MaxNodes)
            return Refuse(place, "too_large", $"The file has more than {MaxNodes:N0} values; a protocol has fewer.");
        if (depth > MaxDepth)
            return Refuse(place, "too_deep", $"This is nested deeper than {MaxDepth} levels; a protocol is not.");
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            return Refuse(place, "alias", "Anchors (&) and aliases (*) are not read. Write the value out; put '*' in quotes where it "
                + "is meant as text.");
        if (current is NodeEvent { Tag.IsEmpty: false })
            return Refuse(place, "tag", "Tags (!) are not read. Write the plain value.");
        return current switch
        {
            Scalar scalar => new YamlScalar(place, scalar.Value, scalar.Style != ScalarStyle.Plain),
            SequenceStart => List(parser, place, depth),
            MappingStart => Map(parser, place, depth),
            _ => Refuse(place, "yaml_syntax", "A value was expected here."),
        };
    }

    YamlList? List(Parser parser, Place place, int depth)
    {
        var items = new List<YamlTree>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(parser, depth + 1) is not { } item)
                return null;
            items.Add(item);
        }
        return new YamlList(place, items);
    }

    YamlMap? Map(Parser parser, Place place, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(parser, depth + 1);
            if (key is null)
                return null;
            if (key is not YamlScalar { Text: var name })
            {
                Refuse(key.Place, "key", "A key is a word; here stands a list or a map.");
                return null;
            }
            if (Node(parser, depth + 1) is not { } value)
                return null;
            if (seen.TryAdd(name, key.Place))
                entries.Add(new YamlEntry(name, key.Place, value));
            else
                problems.Add(new YamlProblem(key.Place, "duplicate_key",
                    $"The key '{name}' stands here a second time; the first is on line {seen[name].Line}."));
        }
        return new YamlMap(place, entries);
    }

    YamlTree? Refuse(Place place, string code, string sentence)
    {
        problems.Add(new YamlProblem(place, code, sentence));
        return null;
    }

    static Place At(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));
}
