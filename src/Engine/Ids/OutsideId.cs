using System.Buffers.Text;
using System.Text;

namespace Qipan.Engine.Ids;

/// <summary>
/// An id as the outside knows it: a whole number, or a text. A text that is how a 64-bit number is written ("42", "-7", but
/// neither "007" nor "+7") is that number, so a CSV file and a raw file name the same person alike.
/// </summary>
readonly ref struct OutsideId
{
    public OutsideId(long number) => Number = number;

    public OutsideId(ReadOnlySpan<byte> text)
    {
        if (IsNumber(text, out var number))
        {
            Number = number;
            return;
        }
        Text = text;
        IsText = true;
    }

    /// <summary>Most bytes of a text.</summary>
    public const int LongestText = 1024;

    public long Number { get; }

    public ReadOnlySpan<byte> Text { get; }

    public bool IsText { get; }

    static bool IsNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 20)
            return false;
        var digits = text[0] == '-' ? text[1..] : text;
        if (digits.IsEmpty || (digits[0] == '0' && text.Length > 1))
            return false;
        return Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && digits[0] is >= (byte)'0' and <= (byte)'9';
    }

    public override string ToString() => IsText ? Encoding.UTF8.GetString(Text) : Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
