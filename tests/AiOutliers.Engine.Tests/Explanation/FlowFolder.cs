using System.Globalization;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Explanation;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Explanation;

/// <summary>Flows of one hour in some weeks, as a data source of the embedded engine.</summary>
internal sealed class FlowFolder : IDisposable
{
    public static readonly DateTimeOffset Hour = new(2024, 9, 24, 14, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedEngine _engine;

    /// <param name="weeks">How many earlier weeks there are.</param>
    /// <param name="more">Rows of the hour itself: source, destination, protocol, port, bytes.</param>
    /// <param name="factor">What the hour's ordinary rows are multiplied by, by week; 0 is the hour itself.</param>
    /// <param name="name">The data source.</param>
    public FlowFolder(
        int weeks = 4, IEnumerable<(string Source, string Target, int Protocol, int Port, long Bytes)>? more = null,
        Func<int, string, double>? factor = null, string name = "flows")
    {
        var lines = new List<string> { "timestamp,src_ip,dst_ip,protocol,dst_port,sensor_name,bytes,tags" };
        for (var week = 0; week <= weeks; week++)
        {
            for (var flow = 0; flow < 400; flow++)
            {
                var target = $"10.0.0.{flow % 20}";
                var bytes = (1000 + 7 * (flow % 13)) * (factor?.Invoke(week, target) ?? 1);
                lines.Add(Line(Hour.AddDays(-7 * week).AddSeconds(9 * flow), $"192.168.{flow % 7}.{flow % 50}", target, 6, 80 + flow % 5,
                    flow % 2 == 0 ? "a" : "b", (long)bytes));
            }
        }
        lines.AddRange((more ?? []).Select((one, at) =>
            Line(Hour.AddSeconds(at % 3000), one.Source, one.Target, one.Protocol, one.Port, "a", one.Bytes)));
        File.WriteAllLines(Path.Combine(_folder.Path, name + ".csv"), lines);
        _engine = new(_folder.Path);
    }

    public static TimeWindow Window => new(Hour.ToUnixTimeMilliseconds(), Hour.AddHours(1).ToUnixTimeMilliseconds());

    public static IEnumerable<(string Source, string Target, int Protocol, int Port, long Bytes)> Flood(string target) =>
        Enumerable.Range(0, 900).Select(at => ($"172.16.{at / 250}.{at % 250}", target, 17, 53, 2000L));

    /// <param name="request">The question.</param>
    /// <param name="traffic">Names the dimensions.</param>
    /// <param name="refuses">Which queries are refused, by their text; none where it is missing.</param>
    public Task<ExplanationReport> ExplainAsync(
        ExplanationRequest request, TrafficSchema? traffic = null, Func<string, bool>? refuses = null) =>
        new Explainer(traffic ?? new(), refuses is null ? _engine : new RefusingSource(_engine, refuses), TimeProvider.System)
            .ExplainAsync(request, CancellationToken.None);

    public static ExplanationRequest Request(params string[] dimensions) => new()
    {
        Query = DruidQuery.Parse("""
            {"queryType":"timeseries","dataSource":"flows","granularity":"minute","intervals":["2024-09-24T14:00Z/2024-09-24T15:00Z"],
             "aggregations":[{"type":"longSum","name":"bytes","fieldName":"bytes"},{"type":"count","name":"rows"},
               {"type":"cardinality","name":"hosts","fields":["src_ip"]}],
             "postAggregations":[{"type":"arithmetic","name":"bits","fn":"*","fields":[
               {"type":"fieldAccess","fieldName":"bytes"},{"type":"constant","value":8}]},
               {"type":"arithmetic","name":"bits_per_row","fn":"/","fields":[
                 {"type":"arithmetic","fn":"*","fields":[{"type":"fieldAccess","fieldName":"bytes"},{"type":"constant","value":8}]},
                 {"type":"fieldAccess","fieldName":"rows"}]}]}
            """u8),
        Metric = "bytes",
        Window = Window,
        Dimensions = dimensions,
    };

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    private static string Line(DateTimeOffset time, string source, string target, int protocol, int port, string sensor, long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ssZ},{source},{target},{protocol},{port},{sensor},{bytes},x");
}
