using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class HistoryRowsTests
{
    private const int PerDay = 288, Rows = 7 * PerDay, FirstAsked = 1900;

    [Fact]
    public void Detect_RowsBeforeAreHistory_TheOthersGetTheSame()
    {
        // One flood lies before what is asked for, one reaches into it.
        var x = TrafficSeries.Daily(Rows, PerDay, 3);
        foreach (var row in Enumerable.Range(1500, 10).Concat(Enumerable.Range(FirstAsked - 3, 8)))
            x[row] *= 5;

        var (all, asked) = (Detect(x, 0), Detect(x, FirstAsked));

        all.Incidents.Count.ShouldBe(2);
        asked.Incidents.ShouldBe(all.Incidents);
        asked.Scores.ShouldBe(all.Scores);
        asked.Anomalies.ShouldBe(all.Anomalies);
        asked.Severities.ShouldBe(all.Severities!.Select((severity, row) => row >= FirstAsked || all.Anomalies[row] ? severity : 0));
        asked.Reasons.ShouldBe(all.Reasons.Where(static reason => reason.Row >= FirstAsked));
        asked.Reasons.ShouldNotBeEmpty();
    }

    private static DetectionResult Detect(double[] x, int firstAsked)
    {
        long[] times = [.. Enumerable.Range(0, x.Length).Select(static row => row * 300_000L)];
        return new SeasonalScanDetector(new()).Detect(new MetricTable(times, null, ["bytes"], [x], []), "bytes", default, firstAsked);
    }
}
