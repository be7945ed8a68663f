using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// A short form of the query that nobody wants to write by hand: <c>rb_flow bytes by sensor_name where direction=upstream last 7d every
/// 5m</c>. The data source and the metrics come first; the rest may be left out and come in any order.
/// </summary>
public static partial class ShortQuery
{
    public const string Form = "SOURCE METRIC[,METRIC…] [by DIMENSION[,…]] "
        + "[where DIMENSION=VALUE [and …]] [last 7d | from TIME to TIME] [every 5m]";

    private const string DefaultStep = "5m";
    private const string DefaultSpan = "1d";
    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly string[] Keywords = ["by", "where", "and", "last", "from", "to", "every"];

    /// <summary>Whether a text looks like one: several words, the first a name, and no JSON.</summary>
    public static bool Is(string text) => FirstWords().IsMatch(text);

    /// <param name="text">The short form.</param>
    /// <param name="schema">Knows what fields the metrics are computed from; other names are summed fields.</param>
    /// <param name="now">The end of <c>last</c>.</param>
    /// <exception cref="AiOutliersException">It is not of that form.</exception>
    public static DruidQuery Parse(string text, TrafficSchema schema, DateTimeOffset now)
    {
        var words = Word().Matches(text).Select(static word => word.Value).ToArray();
        if (words.Length < 2 || words.Take(2).Any(Keywords.Contains))
            throw Wrong("it begins with a data source and its metrics");
        var parts = Parts(words);
        var metrics = Names(parts[""]);
        var query = Query(words[0], metrics, parts, schema, now);
        if (metrics.Any(metric => schema.Find(metric) is { Aggregator: null }))
            query = TrafficQuery.Build(query, schema);
        return parts.TryGetValue("by", out var by) ? KeyedQuery.By(query, Names(by)) : query;
    }

    /// <summary>The metrics that a text names, separated by commas.</summary>
    public static string Metrics(string text) =>
        string.Join(',', Names(Parts([.. Word().Matches(text).Select(static word => word.Value)])[""]));

    private static DruidQuery Query(
        string source, IReadOnlyList<string> metrics, Dictionary<string, List<string>> parts, TrafficSchema schema, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("queryType", "timeseries");
            json.WriteString("dataSource", source);
            json.WriteString("granularity", Step(parts));
            json.WriteStartArray("intervals");
            json.WriteStringValue(Interval(parts, now));
            json.WriteEndArray();
            if (parts.TryGetValue("where", out var conditions))
                ShortFilter.Write(json, conditions);
            json.WriteStartArray("aggregations");
            foreach (var metric in metrics)
                WriteAggregation(json, metric, schema.Find(metric)?.Aggregator);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return DruidQuery.Parse(buffer.ToArray());
    }

    private static void WriteAggregation(Utf8JsonWriter json, string metric, AggregatorSpec? known)
    {
        json.WriteStartObject();
        json.WriteString("type", known?.Type ?? (metric == "count" ? "count" : "doubleSum"));
        json.WriteString("name", metric);
        if (known is null && metric != "count" || known?.FieldName is not null)
            json.WriteString("fieldName", known?.FieldName ?? metric);
        json.WriteEndObject();
    }

    /// <summary>The words behind each keyword; those before the first under an empty one.</summary>
    private static Dictionary<string, List<string>> Parts(string[] words)
    {
        var parts = new Dictionary<string, List<string>>(StringComparer.Ordinal) { [""] = [] };
        var keyword = "";
        foreach (var word in words.Skip(1))
        {
            if (word is "and" or "to" || !Keywords.Contains(word))
                parts[keyword].Add(word);
            else if (!parts.TryAdd(keyword = word, []))
                throw Wrong($"'{word}' stands in it twice");
        }
        return parts.FirstOrDefault(static part => part.Value.Count == 0).Key is { } empty
            ? throw Wrong($"nothing follows '{empty}'") : parts;
    }

    private static IReadOnlyList<string> Names(List<string> words) =>
        string.Join(' ', words).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    private static string Step(Dictionary<string, List<string>> parts)
    {
        var text = parts.TryGetValue("every", out var every) ? string.Concat(every) : DefaultStep;
        if (!TimeSpans.TryParse(text, out var step) || step.TotalSeconds < 1)
            throw Wrong($"'every {text}' is not a span of time; it takes {TimeSpans.Allowed}");
        return System.Xml.XmlConvert.ToString(step);
    }

    private static string Interval(Dictionary<string, List<string>> parts, DateTimeOffset now)
    {
        if (parts.TryGetValue("from", out var span))
        {
            return span is [var from, "to", var to]
                && Responses.Timestamps.TryParse(from, out _)
                && Responses.Timestamps.TryParse(to, out _)
                ? $"{from}/{to}"
                : throw Wrong("'from' takes two times with 'to' between them: from 2024-09-01 to 2024-09-08T12:00Z");
        }
        var text = parts.TryGetValue("last", out var words) ? string.Concat(words) : DefaultSpan;
        if (!TimeSpans.TryParse(text, out var last))
            throw Wrong($"'last {text}' is not a span of time; it takes {TimeSpans.Allowed}");
        return string.Create(CultureInfo.InvariantCulture, $"{(now - last).UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}/"
            + $"{now.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}");
    }

    internal static AiOutliersException Wrong(string what) =>
        new(ErrorKind.BadInput, $"the short query cannot be understood: {what}. Its form: {Form}");

    [GeneratedRegex(@"^[\w.\-]+\s+[\w.\-]+(\s*,|\s+\w|$)")]
    private static partial Regex FirstWords();

    /// <summary>Values with blanks stand in quotes.</summary>
    [GeneratedRegex("""(?:[^\s"']|"[^"]*"|'[^']*')+""")]
    private static partial Regex Word();
}
