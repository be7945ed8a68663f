using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Rows give the same series, whether they fit into memory or not.</summary>
public sealed class RowBlocksTests
{
    private static readonly string[] Metrics = ["bytes", "packets"];

    [Theory]
    [InlineData(1L << 30)]
    [InlineData(200_000)]
    [InlineData(20_000)]
    public void Table_RowsInAnyOrder_AreThoseOfTheBuilder(long memory)
    {
        var random = new Random(5);
        var builder = new SeriesSetBuilder();
        var rows = new RowBlocks(Metrics.Length, memory);
        for (var row = 0; row < 30_000; row++)
        {
            // New series come up to the end, and times repeat.
            var series = Math.Min(rows.Series, random.Next(3 + row / 100));
            var time = 60_000L * random.Next(10_000);
            double[] values = [random.NextDouble(), row % 7 == 0 ? double.NaN : row];
            rows.Add([series], [RowTime.Of(time)], values);
            builder.SetKey(builder.DimensionOf("s"), Encoding.UTF8.GetBytes($"{series}"));
            for (var metric = 0; metric < Metrics.Length; metric++)
                builder.Set(builder.ColumnOf(Metrics[metric]), values[metric]);
            builder.AddRow(time, null);
        }

        var expected = builder.Build();
        rows.Count.ShouldBe(30_000);
        rows.Series.ShouldBe(expected.Count);
        var whole = Whole(rows, Metrics);
        for (var series = 0; series < rows.Series; series++)
            ShouldBeSame(whole.Table(series), expected.Table(series));
    }

    [Theory]
    [InlineData(1L << 30)]
    [InlineData(0)]
    public void Single_RowsOfSeveralSeries_AreOneByTime(long memory)
    {
        var rows = new RowBlocks(Metrics.Length, memory);
        for (var row = 0; row < 1000; row++)
            rows.Add([Math.Min(rows.Series, row % 9)], [RowTime.Of(60_000L * row)], [row, -row]);

        var table = Whole(rows, Metrics).Single(cameAscending: true);
        table.Rows.ShouldBe(1000);
        table.Column("packets")[999].ShouldBe(-999);
        table.Warnings.ShouldBeEmpty();
        rows.Add([0], [RowTime.Of(-60_000)], [1, 2]);
        table = Whole(rows, Metrics).Single(cameAscending: false);
        table.Warnings.ShouldBe(["The rows were not in order of time; they were sorted."]);
        table.Times[0].ShouldBe(-60_000);
    }

    [Theory]
    [InlineData(1L << 30)]
    [InlineData(0)]
    public void Table_TimesAtTheEndsOfTheRange_AreThoseThatCame(long memory)
    {
        // As far as the database's own go, and the time that everything begins with.
        long[] times = [0, 0, -290_000_000_000_000, 294_000_000_000_000, 0, 60_000, 120_000, 60_000, 60_000];
        var rows = new RowBlocks(1, memory);
        foreach (var time in times)
            rows.Add([0, 0], [RowTime.None, RowTime.Of(time)], [double.NaN, time]);

        rows.Count.ShouldBe(times.Length);
        var table = Whole(rows, ["bytes"]).Table(0);
        table.Times.ToArray().ShouldBe(times.Distinct().Order());
        table.Column("bytes").ToArray().ShouldBe(times.Distinct().Order().Select(static time => (double)time));
        table.Duplicates.ShouldBe(4);
    }

    [Fact]
    public void Table_MoreRowsThanOneTableTakes_SaysSo()
    {
        string[] metrics = [.. Enumerable.Range(0, 1000).Select(static metric => $"m{metric}")];
        var rows = new RowBlocks(metrics.Length, memory: 1L << 30);
        var values = new double[1000];
        for (var row = 0; row < 20_001; row++)
            rows.Add([0], [RowTime.Of(row)], values);

        Should.Throw<Detection.AiOutliersException>(() => Whole(rows, metrics).Table(0)).Message.ShouldContain("20,001 rows of 1,000 metrics are too many");
    }

    internal static RowParts Whole(RowBlocks rows, string[] metrics) =>
        new([(rows, [.. Enumerable.Range(0, rows.Series)])], metrics, new Dictionary<long, string>());

    internal static void ShouldBeSame(MetricTable table, MetricTable expected)
    {
        table.Times.ToArray().ShouldBe(expected.Times.ToArray());
        table.Warnings.ShouldBe(expected.Warnings);
        table.Metrics.ShouldBe(expected.Metrics);
        foreach (var metric in table.Metrics)
            table.Column(metric).ToArray().ShouldBe(expected.Column(metric).ToArray());
    }
}
