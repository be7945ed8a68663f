using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

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

    [Theory]
    [InlineData("c04_daily_zero_tuesday")]
    [InlineData("c04_daily_triple_tuesday")]
    public void Detect_DailyBuckets_FindsTheTuesday(string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Detect(name).Incidents.ShouldHaveSingleItem().Start).ShouldBe(new(2024, 3, 5, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Detect_OneDayOfHours_FindsTheHourThatIsAThousandTimesTheUsual() =>
        Detect("c05_24_hours_x1000").Anomalies.Index().Where(static row => row.Item).Select(static row => row.Index).ShouldBe([16]);

    [Theory]
    [InlineData("c04_daily_clean")]
    [InlineData("c16_job_every_0600")]
    [InlineData("c17_small_counts")]
    public void Detect_WhatIsUsual_IsNoNews(string name) => Detect(name).AnomalyCount.ShouldBe(0);

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
