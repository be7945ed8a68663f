using System.Text;
using System.Text.Json;
using AiOutliers.Detection;

namespace AiOutliers.Druid.Responses;

/// <summary>What is said of answers of Prometheus that are not rows.</summary>
public static class PrometheusWords
{
    internal const string Histograms = "histogram_quantile(), histogram_sum() or histogram_count() makes numbers of them";

    /// <summary>Prometheus' own words about what failed.</summary>
    public static AiOutliersException Error(string name, ReadOnlySpan<byte> body)
    {
        var words = "without a reason";
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            words = json.RootElement.TryGetProperty("error", out var error) ? error.ToString() : words;
        }
        catch (JsonException)
        {
            // Cut off: that it is an error is known all the same.
        }
        return DruidResponseReader.Wrong($"{name} holds an error of Prometheus instead of rows: {words}");
    }

    internal static AiOutliersException Instant() => DruidResponseReader.Wrong(
        "this is the answer of Prometheus to an instant query, one value a series; ask for a range: "
            + "/api/v1/query_range with start, end and step");
}
