using System.Globalization;
using System.Text;

namespace AiOutliers.Detection;

/// <summary>
/// A text of unknown origin as text on one line: nothing in it breaks the line, steers a terminal, turns the direction of what follows, or
/// is not seen.
/// </summary>
public static class OneLine
{
    /// <param name="text">Whatever it holds.</param>
    /// <param name="longest">What is longer is cut, never in the middle of a character, and ends with … then.</param>
    public static string Of(string text, int longest)
    {
        if (text.Length <= longest && !text.Any(Steers) && !text.Any(char.IsSurrogate))
            return text;
        var line = new StringBuilder();
        Span<char> letters = stackalloc char[2];
        // Half of a character comes as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            var count = rune.EncodeToUtf16(letters);
            if (line.Length + count > longest)
                return line.Append('…').ToString();
            line.Append(Steers(Rune.GetUnicodeCategory(rune)) ? " " : (ReadOnlySpan<char>)letters[..count]);
        }
        return line.ToString();
    }

    /// <summary>Control characters, line separators, and format characters: those turn the direction of a text, or are not seen.</summary>
    public static bool Steers(char character) => Steers(char.GetUnicodeCategory(character));

    private static bool Steers(UnicodeCategory category) => category is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
