using System.Text;
using System.Xml;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Walks forward through XML without DTD, entities, external parts and depth: what an instrument writes and nothing more.
/// </summary>
sealed class XmlCursor
{
    readonly XmlReader reader;
    readonly ReadLimits limits;
    readonly string part;

    XmlCursor(XmlReader reader, ReadLimits limits, string part)
    {
        this.reader = reader;
        this.limits = limits;
        this.part = part;
    }

    /// <summary>Gives <paramref name="read"/> a cursor on the root element. Broken or hostile XML ends in a refusal.</summary>
    public static T Read<T>(PartStream stream, string part, ReadLimits limits, Func<XmlCursor, T> read)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = limits.MaxPartBytes,
            CloseInput = false,
        };
        try
        {
            using var xml = XmlReader.Create(stream, settings);
            xml.MoveToContent();
            return read(new XmlCursor(xml, limits, part));
        }
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            throw new UnreadableFileException(FileRefusals.Dtd(part));
        }
        catch (XmlException e)
        {
            throw new UnreadableFileException(FileRefusals.BrokenXml(part, e.LineNumber));
        }
    }

    /// <summary>The element at hand, without its namespace's prefix.</summary>
    public string Name => reader.LocalName;

    /// <summary>The attribute by its local name, whatever its namespace; null when it is not there.</summary>
    public string? Attribute(string name)
    {
        string? value = null;
        if (reader.MoveToFirstAttribute())
        {
            do
            {
                if (string.Equals(reader.LocalName, name, StringComparison.Ordinal))
                    value = reader.Value;
            }
            while (value is null && reader.MoveToNextAttribute());
            reader.MoveToElement();
        }
        return value;
    }

    /// <summary>
    /// Calls <paramref name="child"/> at each child element of the element at hand, with its name. Whatever the call leaves unread
    /// is passed over.
    /// </summary>
    public void EachChild(Action<string> child)
    {
        if (reader.IsEmptyElement)
            return;
        var depth = reader.Depth;
        while (Next() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
                child(reader.LocalName);
        }
    }

    /// <summary>The text directly inside the element at hand.</summary>
    public string Text()
    {
        if (reader.IsEmptyElement)
            return "";
        var depth = reader.Depth;
        string? text = null;
        StringBuilder? more = null;
        while (Next() && reader.Depth > depth)
        {
            if (reader.NodeType is not (
                XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                || reader.Depth != depth + 1)
            {
                continue;
            }
            if (text is null)
                text = reader.Value;
            else
                (more ??= new StringBuilder(text)).Append(reader.Value);
            if (more?.Length > limits.MaxMarkupBytes)
                throw new UnreadableFileException(FileRefusals.HostileXml(part));
        }
        return more?.ToString() ?? text ?? "";
    }

    bool Next()
    {
        if (!reader.Read())
            return false;
        if (reader.Depth > limits.MaxDepth)
            throw new UnreadableFileException(FileRefusals.HostileXml(part));
        return true;
    }
}
