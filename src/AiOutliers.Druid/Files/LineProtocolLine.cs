using System.Globalization;
using System.Text;

namespace AiOutliers.Druid.Files;

/// <summary>One line of InfluxDB's line protocol. Backslashes hide commas, equal signs and blanks; quotes hold texts.</summary>
internal sealed record LineProtocolLine(
    string Measurement, IReadOnlyList<(string Name, string Value)> Tags, IReadOnlyList<(string Name, string Value)> Fields, string? Time)
{
    /// <returns>False where it is something else.</returns>
    public static bool TryParse(string text, out LineProtocolLine line)
    {
        line = new("", [], [], null);
        var parts = Split(text.Trim(), ' ');
        if (parts.Count is < 2 or > 3)
            return false;
        var key = Split(parts[0], ',');
        var tags = key.Skip(1).Select(Pair).ToArray();
        var fields = Split(parts[1], ',').Select(Pair).ToArray();
        if (key[0].Length == 0 || tags.Concat(fields).Any(static pair => pair.Name.Length == 0))
            return false;
        line = new(Plain(key[0]), tags, fields, parts.Count == 3 ? parts[2] : null);
        return true;
    }

    /// <summary>The number that a field holds, with the letters of whole numbers and 1 or 0 for truth; null for a text.</summary>
    public static double? Number(string value)
    {
        if (value is "t" or "T" or "true" or "True" or "TRUE")
            return 1;
        if (value is "f" or "F" or "false" or "False" or "FALSE")
            return 0;
        var digits = value.EndsWith('i') || value.EndsWith('u') ? value.AsSpan(0, value.Length - 1) : value;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static (string Name, string Value) Pair(string text)
    {
        var pair = Split(text, '=');
        return pair.Count == 2 && pair[1].Length > 0 ? (Plain(pair[0]), Plain(pair[1])) : ("", "");
    }

    /// <summary>Splits where the separator is neither behind a backslash nor in quotes; both stay.</summary>
    private static List<string> Split(string text, char separator)
    {
        var (parts, start, inQuotes) = (new List<string>(), 0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == '"')
                inQuotes = !inQuotes;
            else if (text[at] == separator && !inQuotes)
            {
                parts.Add(text[start..at]);
                start = at + 1;
            }
        }
        parts.Add(text[start..]);
        return parts;
    }

    private static string Plain(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is ',' or '=' or ' ' or '"' or '\\')
                at++;
            plain.Append(text[at]);
        }
        return plain.ToString();
    }
}
