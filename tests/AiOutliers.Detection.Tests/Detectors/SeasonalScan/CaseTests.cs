using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.SeasonalScan;
using AiOutliers.Detection.Series;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Detectors.SeasonalScan;

/// <summary>Answers of Druid's that were judged wrongly once, with the right verdict.</summary>
public sealed class CaseTests
{
    [Fact]
    public void Detect_GapOf18Hours_AccusesNoRowBesideIt() => Detect("c01_gap18h_5min").AnomalyCount.ShouldBe(0);

    [Fact]
    public void Detect_GapOf12HoursInTheSamples_FindsWhatTheWholeSeriesHas()
    {
        var result = Detect("c01_product_sample_gap12h");

        result.AnomalyCount.ShouldBe(16);
        result.Incidents.Count.ShouldBe(3);
    }

    [Fact]
    public void Detect_OutageOfSixHours_IsOneIncidentOfItsRows()
    {
        var result = Detect("c03_zero6h_5min");

        result.AnomalyCount.ShouldBe(72);
        var incident = result.Incidents.ShouldHaveSingleItem();
        incident.Kind.ShouldBe(IncidentKind.Outage);
        incident.End.ShouldBe(incident.Start + 6 * 3_600_000);
    }

    private static DetectionResult Detect(string name) => new SeasonalScanDetector(new()).Detect(Load(name), "bytes");

    private static MetricTable Load(string name)
    {
        using var packed = new GZipStream(File.OpenRead(Golden.Path($"cases/{name}.json.gz")), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(packed);
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var time = row.GetProperty("timestamp").GetString()!;
            builder.AddRow(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), time);
            builder.Set(column, row.GetProperty("result").GetProperty("bytes").GetDouble());
        }
        return builder.Build();
    }
}
