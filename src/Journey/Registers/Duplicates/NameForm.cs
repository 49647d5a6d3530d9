using System.Text;

namespace Qipan.Registers;

/// <summary>A name as it is compared: its syllables in lanes of 16 bits, or how a Latin name sounds. A value; safe for all threads.</summary>
readonly record struct NameForm(ulong Lanes, int Length, int Sound)
{
    /// <summary>Names of more syllables are only compared as a whole.</summary>
    const int MostLanes = 4;

    public static NameForm Of(string name, string nameKey)
    {
        if (nameKey.Length == 0)
            return default;
        var syllables = Pinyin.Syllables(nameKey);
        if (syllables.Length == 0)
            return new NameForm(0, 0, SoundOf(name));
        if (syllables.Length > MostLanes)
            return new NameForm((ulong)(uint)string.Join('.', syllables).GetHashCode(StringComparison.Ordinal), syllables.Length, 0);
        var lanes = 0UL;
        for (var i = 0; i < syllables.Length; i++)
            lanes |= (ulong)syllables[i] << (16 * i);
        return new NameForm(lanes, syllables.Length, 0);
    }

    /// <summary>How alike two different names are.</summary>
    public PairEvidence Likeness(NameForm other)
    {
        if (Length == 0 || other.Length == 0)
            return Sound != 0 && Sound == other.Sound ? PairEvidence.LatinAlike : PairEvidence.None;
        if (Length == other.Length && Lanes == other.Lanes)
            return PairEvidence.SamePinyin;
        if (Length > MostLanes || other.Length > MostLanes || Math.Min(Length, other.Length) < 2)
            return PairEvidence.None;
        if (Length == other.Length)
            return Differing(Lanes ^ other.Lanes) == 1 ? PairEvidence.NearName : PairEvidence.None;
        var (shorter, longer) = Length < other.Length ? (this, other) : (other, this);
        if (longer.Length != shorter.Length + 1)
            return PairEvidence.None;
        for (var left = 0; left < longer.Length; left++)
            if (Without(longer.Lanes, left) == shorter.Lanes)
                return PairEvidence.NearName;
        return PairEvidence.None;
    }

    /// <summary>The lanes with one blanked, so that names that differ only there are equal.</summary>
    public ulong Blank(int lane) => Lanes & ~(0xffffUL << (16 * lane));

    static int Differing(ulong lanes) =>
        ((lanes & 0xffff) != 0 ? 1 : 0) + ((lanes & 0xffff0000) != 0 ? 1 : 0) + ((lanes & 0xffff_00000000) != 0 ? 1 : 0) + ((lanes & 0xffff_000000000000) != 0 ? 1 : 0);

    static ulong Without(ulong lanes, int lane)
    {
        var below = lane == 0 ? 0 : lanes & ((1UL << (16 * lane)) - 1);
        return lane == 3 ? below : below | (lanes >> (16 * (lane + 1)) << (16 * lane));
    }

    /// <summary>
    /// The consonants of each word in groups that sound alike, the words in any order: Mohammed and Muhamad, Ivanov Petr and Petr Ivanov. 0 where
    /// there is nothing to hear.
    /// </summary>
    static int SoundOf(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD).ToLowerInvariant().Append(' '))
        {
            if (char.IsLetter(c))
                word.Append(c);
            else if (word.Length > 0 && System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark && c != '\'')
            {
                words.Add(Heard(word.ToString()));
                word.Clear();
            }
        }
        words.Sort(StringComparer.Ordinal);
        return words.TrueForAll(w => w.Length < 2) ? 0 : string.Join(' ', words).GetHashCode(StringComparison.Ordinal);
    }

    static string Heard(string word)
    {
        var heard = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            var group = word[i] switch
            {
                'b' or 'p' => 'b',
                'f' or 'v' or 'w' => 'f',
                'c' or 'k' or 'q' or 'g' => 'k',
                's' or 'z' or 'x' or 'j' => 's',
                'd' or 't' => 'd',
                'l' or 'r' => 'l',
                'm' or 'n' => 'm',
                'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'h' => i == 0 ? 'a' : '\0',
                var other => other,
            };
            if (group != '\0' && (heard.Length == 0 || heard[^1] != group))
                heard.Append(group);
        }
        return heard.ToString();
    }
}
