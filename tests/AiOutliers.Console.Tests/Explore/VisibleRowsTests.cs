using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Console.Tests.Explore;

public sealed class VisibleRowsTests
{
    private const int Minute = 60_000, Rows = 100_000;

    [Fact]
    public void Of_AHundredThousandRows_KeepsFourAPixelAndEveryAnomalousOne()
    {
        var anomalous = Enumerable.Range(0, Rows).Where(static row => row % 977 == 0).ToHashSet();
        var kept = VisibleRows.Of(Report(static row => Math.Sin(row), anomalous), new(0, (long)Rows * Minute), 1000);
        kept.Count.ShouldBeLessThanOrEqualTo(4 * 1000 + anomalous.Count);
        anomalous.Except(kept).ShouldBeEmpty();
    }

    [Fact]
    public void Of_OneHighRowAmongMany_KeepsIt() =>
        VisibleRows.Of(Report(static row => row == 54_321 ? 1e6 : 1, []), new(0, (long)Rows * Minute), 300).ShouldContain(54_321);

    [Fact]
    public void Of_MissingValues_BreaksTheLineThere()
    {
        var kept = VisibleRows.Of(Report(static row => row is > 10 and < 20 ? double.NaN : row, []), new(0, 30L * Minute), 1000);
        kept.ShouldContain(VisibleRows.Gap);
        kept[kept.ToList().IndexOf(VisibleRows.Gap) - 1].ShouldBe(10);
        kept[kept.ToList().IndexOf(VisibleRows.Gap) + 1].ShouldBe(20);
    }

    [Fact]
    public void Of_AStretch_KeepsItsRowsAndOneOnEitherSide() =>
        VisibleRows.Of(Report(static row => row, []), new(100L * Minute, 110L * Minute), 1000).ShouldBe([.. Enumerable.Range(99, 12)]);

    private static AnalysisReport Report(Func<int, double> value, HashSet<int> anomalous)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var row = 0; row < Rows; row++)
        {
            builder.AddRow((long)row * Minute, null);
            builder.Set(column, value(row));
        }
        var result = new DetectionResult
        {
            Scores = new double[Rows],
            Expected = new double[Rows],
            Anomalies = [.. Enumerable.Range(0, Rows).Select(anomalous.Contains)],
        };
        return new(builder.Build(), "bytes", "test", null, result, HistoryReport.None);
    }
}
