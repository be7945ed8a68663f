using System.Globalization;
using System.Text.Json;

namespace AiOutliers.Druid.Client;

/// <summary>
/// What the broker says that its answer lacks: segments that no server had (<c>missingSegments</c>), intervals that nobody announced
/// (<c>uncoveredIntervals</c>), and, behind the body, whether it came to its end. Buckets of such intervals are missing: without this
/// they would look like an outage.
/// </summary>
internal sealed class PartialAnswer
{
    private const string Context = "X-Druid-Response-Context";
    private const string Complete = "X-Druid-Response-Complete";
    private const string ErrorMessage = "X-Error-Message";
    private const string Time = "yyyy-MM-ddTHH:mm:ssZ";
    private const int MostNamed = 3;

    private PartialAnswer(IReadOnlyList<(long From, long Until)> missing) => Missing = missing;

    /// <summary>The intervals whose rows are not whole, in milliseconds since 1970.</summary>
    public IReadOnlyList<(long From, long Until)> Missing { get; }

    /// <summary>What the headers say, before the body is read.</summary>
    public static PartialAnswer Of(HttpResponseMessage response)
    {
        var missing = new SortedSet<(long, long)>();
        if (response.Headers.TryGetValues(Context, out var values))
        {
            foreach (var interval in Intervals(string.Concat(values)))
            {
                if (TryParse(interval, out var span))
                    missing.Add(span);
            }
        }
        return new([.. missing]);
    }

    /// <summary>What the broker said behind the body of an answer that did not come to its end; null where it did.</summary>
    public static string? Failure(HttpResponseMessage response)
    {
        var trailers = response.TrailingHeaders;
        if (!trailers.TryGetValues(Complete, out var complete) || complete.FirstOrDefault() is not "false")
            return null;
        return trailers.TryGetValues(ErrorMessage, out var words) ? string.Join(' ', words) : "it gives no reason";
    }

    /// <summary>What the user should know; none of a whole answer.</summary>
    public IReadOnlyList<string> Warnings(HttpResponseMessage response)
    {
        var warnings = new List<string>();
        if (Missing.Count > 0)
        {
            var named = string.Join(", ", Missing.Take(MostNamed).Select(static span => $"{Text(span.From)}/{Text(span.Until)}"));
            var more = Missing.Count > MostNamed ? $" and {Missing.Count - MostNamed} more" : "";
            warnings.Add($"Druid has only a part of {named}{more}: these buckets count as missing.");
        }
        if (Failure(response) is { } failure)
            warnings.Add($"Druid's answer did not come to its end ({failure}): the buckets behind it are missing.");
        return warnings;
    }

    /// <summary>The texts of both lists.</summary>
    private static List<string> Intervals(string context)
    {
        var intervals = new List<string>();
        try
        {
            using var json = JsonDocument.Parse(context);
            foreach (var segment in Items(json.RootElement, "missingSegments"))
            {
                if (segment.ValueKind == JsonValueKind.Object && segment.TryGetProperty("itvl", out var interval))
                    intervals.Add(interval.ToString());
            }
            intervals.AddRange(Items(json.RootElement, "uncoveredIntervals").Select(static interval => interval.ToString()));
        }
        catch (JsonException)
        {
            // Druid cuts a context that is too long for a header: what it lacks cannot be told.
        }
        return intervals;
    }

    private static JsonElement[] Items(JsonElement context, string name) =>
        context.ValueKind == JsonValueKind.Object && context.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    private static bool TryParse(string interval, out (long From, long Until) span)
    {
        span = default;
        if (interval.Split('/') is not [var from, var until]
            || !Responses.Timestamps.TryParse(from, out var start) || !Responses.Timestamps.TryParse(until, out var end))
            return false;
        span = (start, end);
        return true;
    }

    private static string Text(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString(Time, CultureInfo.InvariantCulture);
}
