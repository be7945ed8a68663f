using System.Text;
using System.Text.Json;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// Druid's extraction function <c>timeFormat</c> on <c>__time</c>: each row's time as text, in UTC and English. The pattern is
/// one of the library Joda-Time (HH, yyyy-MM-dd, EEE …).
/// </summary>
internal static class TimeFormatSql
{
    private const string IsoPattern = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

    /// <summary>Joda-Time's letters, and what the database calls the same.</summary>
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["yyyy"] = "%Y",
        ["YYYY"] = "%Y",
        ["y"] = "%Y",
        ["yy"] = "%y",
        ["M"] = "%-m",
        ["MM"] = "%m",
        ["MMM"] = "%b",
        ["MMMM"] = "%B",
        ["d"] = "%-d",
        ["dd"] = "%d",
        ["D"] = "%-j",
        ["DDD"] = "%j",
        ["e"] = "%u",
        ["E"] = "%a",
        ["EE"] = "%a",
        ["EEE"] = "%a",
        ["EEEE"] = "%A",
        ["xxxx"] = "%G",
        ["ww"] = "%V",
        ["H"] = "%-H",
        ["HH"] = "%H",
        ["h"] = "%-I",
        ["hh"] = "%I",
        ["a"] = "%p",
        ["m"] = "%-M",
        ["mm"] = "%M",
        ["s"] = "%-S",
        ["ss"] = "%S",
        ["SSS"] = "%g",
        ["Z"] = "+0000",
        ["ZZ"] = "+00:00",
    };

    /// <param name="function">The dimension's <c>extractionFn</c>.</param>
    /// <param name="dimension">The dimension's column.</param>
    /// <param name="time">SQL for its value: milliseconds since 1970.</param>
    public static string Translate(JsonElement function, string? dimension, string time)
    {
        var type = Text(function, "type");
        if (type != "timeFormat")
            throw Unsupported.Feature($"the extraction function '{type}'");
        if (dimension != "__time")
            throw Unsupported.Feature("the extraction function 'timeFormat' of a column other than __time");
        if (Text(function, "timeZone") is not (null or "UTC" or "Etc/UTC" or "Z"))
            throw Unsupported.Feature("the extraction function 'timeFormat' with a time zone");
        if (Text(function, "locale") is { } locale && !locale.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            throw Unsupported.Feature($"the extraction function 'timeFormat' with the locale '{locale}'");
        if (function.TryGetProperty("asMillis", out var asMillis) && asMillis.ValueKind != JsonValueKind.False)
            throw Unsupported.Feature("the extraction function 'timeFormat' with asMillis");
        if (function.TryGetProperty("granularity", out var width) && width.ValueKind != JsonValueKind.Null)
            time = StartOfBucket(BucketParser.Parse(GranularitySpec.From(width)), time);
        var pattern = PatternOf(Text(function, "format") ?? IsoPattern).Replace("'", "''", StringComparison.Ordinal);
        return $"strftime(make_timestamp(({time}) * 1000), '{pattern}')";
    }

    private static string StartOfBucket(TimeBuckets buckets, string time) => buckets is { IsFixed: true, IsAll: false }
        ? buckets.Sql(time)
        : throw Unsupported.Feature("the extraction function 'timeFormat' with a granularity of months, of a time zone, or of all");

    private static string PatternOf(string joda)
    {
        var pattern = new StringBuilder();
        for (var at = 0; at < joda.Length;)
        {
            var end = at + 1;
            if (joda[at] == '\'')
            {
                at = Quoted(joda, at, pattern);
                continue;
            }
            if (!char.IsAsciiLetter(joda[at]))
            {
                Literal(joda[at], pattern);
                at = end;
                continue;
            }
            while (end < joda.Length && joda[end] == joda[at])
                end++;
            pattern.Append(FieldOf(joda[at..end]));
            at = end;
        }
        return pattern.ToString();
    }

    private static string FieldOf(string letters) => Fields.TryGetValue(letters, out var field)
        ? field
        : throw Unsupported.Feature($"'{letters}' in the format of an extraction function");

    /// <summary>Text between quotes stands for itself, two quotes for one.</summary>
    /// <returns>Where the pattern goes on.</returns>
    private static int Quoted(string joda, int at, StringBuilder pattern)
    {
        if (at + 1 < joda.Length && joda[at + 1] == '\'')
        {
            Literal('\'', pattern);
            return at + 2;
        }
        for (var next = at + 1; next < joda.Length; next++)
        {
            if (joda[next] != '\'')
                Literal(joda[next], pattern);
            else if (next + 1 < joda.Length && joda[next + 1] == '\'')
                Literal(joda[next++], pattern);
            else
                return next + 1;
        }
        return joda.Length;
    }

    private static void Literal(char character, StringBuilder pattern) => pattern.Append(character == '%' ? "%%" : character.ToString());

    private static string? Text(JsonElement function, string name) =>
        function.ValueKind == JsonValueKind.Object
        && function.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
