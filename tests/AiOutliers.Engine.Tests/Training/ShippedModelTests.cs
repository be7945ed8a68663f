using System.Text.Json;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Training;

/// <summary>The model <c>traffic</c> on all of the sample data, beside its labels.</summary>
[Trait("tier", "integration")]
public sealed class ShippedModelTests
{
    private static readonly string Samples = Path.Combine(Golden.Root, "samples");
    private static readonly string[] Sensors = ["headquarters", "data-center", "branch-madrid", "guest-wifi"];

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public async Task Detect_AllSensors_FindsFloodsScansAndOutagesWithinTwoRows(int minutes)
    {
        var labels = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Samples, "labels.json"))).RootElement.EnumerateArray()
            .Select(static label => new Label(label.GetProperty("sensor").GetString()!, label.GetProperty("kind").GetString()!, Time(label, "start"), Time(label, "end"))).ToArray();
        var detector = ModelFiles.Load(Path.Combine(Golden.Root, "models"), "traffic").Detector;
        using var engine = new EmbeddedEngine(Samples);
        var (rows, wrong) = (0, 0);
        foreach (var sensor in Sensors)
        {
            var table = await engine.QueryAsync(TrafficQuery.Build(DruidQuery.Parse(Query(sensor, minutes)), new()).ToUtf8Json());
            var flags = detector.Detect(table, "bytes", TestContext.Current.CancellationToken).Anomalies;
            var ofSensor = Array.FindAll(labels, label => label.Sensor == sensor);
            foreach (var label in ofSensor.Where(static label => label.Kind is "ddos" or "scan" or "outage"))
                FirstFlag(table, flags, label).ShouldBeInRange(0, 1, $"{label} at {minutes} minutes");
            for (var row = 0; row < table.Rows; row++)
            {
                if (ofSensor.Any(label => label.Start < table.Times[row] + minutes * 60_000L && table.Times[row] < label.End))
                    continue;
                rows++;
                wrong += flags[row] ? 1 : 0;
            }
        }
        rows.ShouldBeGreaterThan(30_000);
        wrong.ShouldBeLessThanOrEqualTo(rows / 2000, $"of {rows}");
    }

    /// <summary>How many rows into the incident the first flag is; -1 without one.</summary>
    private static int FirstFlag(MetricTable table, ReadOnlySpan<bool> flags, Label label)
    {
        var first = table.Times.BinarySearch(label.Start) is var at && at < 0 ? ~at : at;
        return flags[first..].IndexOf(true);
    }

    private static ReadOnlySpan<byte> Query(string sensor, int minutes) => System.Text.Encoding.UTF8.GetBytes(
        $$"""
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"pt{{minutes}}m","intervals":["2024-09-02/2024-09-30"],
        "filter":{"type":"selector","dimension":"sensor_name","value":"{{sensor}}"},"aggregations":[]}
        """);

    private static long Time(JsonElement label, string name) => label.GetProperty(name).GetDateTimeOffset().ToUnixTimeMilliseconds();

    private sealed record Label(string Sensor, string Kind, long Start, long End);
}
