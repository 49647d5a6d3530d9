using System.Text;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>Opens a file that holds an itinerary: UTF-8, UTF-16 or GB18030, up to 16 MB.</summary>
public static class ItineraryFile
{
    const int Largest = 16 * 1024 * 1024;

    static ItineraryFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text; <c>file_not_readable</c>, <c>text_too_large</c> or <c>text_empty</c> when there is none.</summary>
    public static Outcome<string> Open(string path)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > Largest)
                return new TextTooLarge();
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TextNotReadable();
        }
        var text = Decode(bytes);
        return string.IsNullOrWhiteSpace(text) ? new TextEmpty() : text;
    }

    static string Decode(byte[] bytes)
    {
        if (bytes is [0xff, 0xfe, ..])
            return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes is [0xfe, 0xff, ..])
            return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        var skip = bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, skip, bytes.Length - skip);
        }
        catch (ArgumentException)
        {
            return Encoding.GetEncoding("GB18030").GetString(bytes);
        }
    }
}

/// <summary>The file cannot be opened.</summary>
public sealed record TextNotReadable() : Refusal("file_not_readable", RefusalKind.NotFound,
    "There is no such file, or it cannot be opened: check the path and its rights.", "没有该文件或无法打开：请检查路径与权限。");

/// <summary>The text is larger than an itinerary can be.</summary>
public sealed record TextTooLarge() : Refusal("text_too_large", RefusalKind.TooLarge,
    "The text is larger than 16 MB. Split it by persons.", "文本超过 16 MB，请按人拆分。");

/// <summary>There is nothing to read.</summary>
public sealed record TextEmpty() : Refusal("text_empty", RefusalKind.Invalid, "The text is empty: there is nothing to read.",
    "文本为空，没有可读内容。");
