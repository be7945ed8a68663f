using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Benchmarks.History;

/// <summary>Questions about the sample data: the README's query, as it is or for one hour of a sensor at one minute.</summary>
internal static class SampleQuestion
{
    public const int Minutes = 60;

    public static string Folder { get; } = Path.Combine(Golden.Root, "samples");

    public static string Readme { get; } = File.ReadAllText(Path.Combine(Folder, "query.json"));

    /// <param name="sensor">Whose traffic.</param>
    /// <param name="from">Where the hour begins.</param>
    /// <param name="seconds">By what the query divides to have a rate: another one makes another series of equal work.</param>
    public static string Hour(string sensor, DateTimeOffset from, int seconds = 60)
    {
        var query = JsonNode.Parse(Readme)!;
        query["granularity"] = "minute";
        query["intervals"] = new JsonArray(Interval(from, from.AddMinutes(Minutes)));
        query["filter"]!["value"] = sensor;
        query["postAggregations"]![0]!["fields"]![1]!["value"] = seconds;
        return query.ToJsonString();
    }

    public static FormUrlEncodedContent Form(string query) =>
        new([new("query", Convert.ToBase64String(Encoding.UTF8.GetBytes(query)))]);

    private static string Interval(DateTimeOffset from, DateTimeOffset to) =>
        string.Create(CultureInfo.InvariantCulture, $"{from.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}/{to.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
}
