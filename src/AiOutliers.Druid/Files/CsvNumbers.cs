using System.Globalization;
using System.Text.RegularExpressions;

namespace AiOutliers.Druid.Files;

/// <summary>Reads the numbers of one CSV column as spreadsheets write them: decimal comma, thousands, percent, units.</summary>
internal sealed partial class CsvNumbers
{
    private CsvNumbers(bool hasDecimalComma) => HasDecimalComma = hasDecimalComma;

    /// <summary>Whether a comma stands before the decimals, and a point between thousands.</summary>
    public bool HasDecimalComma { get; }

    /// <param name="sample">Some of the column's texts.</param>
    /// <param name="separatedByComma">Whether commas separate the fields: then a comma inside of one is less likely a decimal one.</param>
    public static CsvNumbers Of(IEnumerable<string> sample, bool separatedByComma)
    {
        var commas = sample.Where(static text => text.Contains(',', StringComparison.Ordinal)).ToArray();
        if (commas.Length == 0)
            return new(hasDecimalComma: sample.Any(static text => text.IndexOf('.', StringComparison.Ordinal) != text.LastIndexOf('.')));
        // 1.234,5 tells, and so does 1,5. For 1,234 alone the separator of the fields decides.
        if (commas.Any(static text => HasPointBehindComma(text) || HasCommas(text)))
            return new(hasDecimalComma: false);
        return new(!separatedByComma || !commas.All(static text => Thousands().IsMatch(text)));
    }

    private static bool HasPointBehindComma(string text) => text.LastIndexOf('.') > text.LastIndexOf(',');

    private static bool HasCommas(string text) => text.IndexOf(',', StringComparison.Ordinal) != text.LastIndexOf(',');

    /// <returns>False where it is something else.</returns>
    public bool TryParse(string text, out double value)
    {
        if (!HasDecimalComma && text is [>= '0' and <= '9', ..]
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
        {
            value = MissingTexts.Mended(value);
            return true;
        }
        text = text.Trim();
        value = double.NaN;
        if (MissingTexts.Is(text))
            return true;
        if (double.TryParse(Plain(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            // As Druid writes longMax and longMin of no rows.
            value = MissingTexts.Mended(value);
            return true;
        }
        var match = WithUnit().Match(text);
        if (!match.Success || !double.TryParse(Plain(match.Groups[1].Value), NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return false;
        value *= Factor(match.Groups[2].Value, match.Groups[3].Length > 0 ? 1024 : 1000);
        return true;
    }

    private string Plain(string text)
    {
        if (text.AsSpan().IndexOfAny(", '\u00A0\u202F") < 0 && !HasDecimalComma)
            return text;
        text = text.Replace("'", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace("\u00A0", "", StringComparison.Ordinal).Replace("\u202F", "", StringComparison.Ordinal);
        return HasDecimalComma
            ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
            : text.Replace(",", "", StringComparison.Ordinal);
    }

    private static double Factor(string prefix, double thousand) => prefix switch
    {
        "k" or "K" => thousand,
        "M" => thousand * thousand,
        "G" => Math.Pow(thousand, 3),
        "T" => Math.Pow(thousand, 4),
        _ => 1,
    };

    [GeneratedRegex(@"^[-+]?\d{1,3}(,\d{3})+$")]
    private static partial Regex Thousands();

    /// <summary>
    /// A number, a prefix, and a unit that says what is counted: <c>1.2 M</c>, <c>5GiB</c>, <c>300 kbit/s</c>, <c>12 %</c>, <c>4 ms</c>.
    /// </summary>
    [GeneratedRegex(@"^([-+]?[\d.,'\u00A0\u202F ]*\d)\s*([kKMGT]?)(i?)(%|[Bb]|bytes?|bits?|bps|pps|[Bb]it/s|B/s|[µm]?s|Hz)?$")]
    private static partial Regex WithUnit();
}
