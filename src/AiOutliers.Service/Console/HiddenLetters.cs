using System.Text.RegularExpressions;

namespace AiOutliers.Service.Console;

/// <summary>
/// Letters that nobody sees and that change what is read: those that turn the direction of a text, and those without a width. Names come
/// from the data, and whoever writes the data must not make "live" of "evil".
/// </summary>
internal static partial class HiddenLetters
{
    private const string Mark = "\uFFFD";

    /// <summary>A mark in place of each in what is read; what is sent back or copied (attributes, fields, code) stays as it is.</summary>
    /// <param name="html">As the encoder writes it: such letters by their numbers.</param>
    public static string Marked(string html) => html.Contains("&#x", StringComparison.Ordinal)
        ? Places().Replace(html, static match => match.Groups["hidden"].Success ? Mark : match.Value)
        : html;

    [GeneratedRegex(
        "<(textarea|pre)(?=[ >]).*?</\\1>|<[^>]*>|(?<hidden>&#x(?:61C|200B|200E|200F|202[A-E]|2060|206[6-9]|FEFF);)",
        RegexOptions.Singleline)]
    private static partial Regex Places();
}
