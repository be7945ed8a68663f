using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Detectors;

public sealed class ShallowDetectorTests
{
    private const double Relative = 1e-9;

    [Theory]
    [InlineData("one_day_5m")]
    [InlineData("three_days_30m")]
    [InlineData("one_hour_1m")]
    [InlineData("too_short")]
    public void Detect_GoldenSeries_SmoothsAsThePythonServiceDoes(string name)
    {
        var golden = Load("shallow.json").GetProperty(name);

        var result = new ShallowDetector(new()).Detect(Table(name), "bytes");

        var smoothed = golden.GetProperty("smoothed").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        for (var i = 0; i < smoothed.Length; i++)
            result.Expected[i].ShouldBe(smoothed[i], Relative * smoothed[i]);
    }

    [Theory]
    [InlineData("one_day_5m")]
    [InlineData("three_days_30m")]
    [InlineData("one_hour_1m")]
    public void Detect_MeanOfManySeeds_AgreesWithTheGoldenMean(string name)
    {
        var golden = Load("shallow.json").GetProperty(name).GetProperty("mean_score_of_20_forests").EnumerateArray().Select(value => -value.GetDouble()).ToArray();

        var mean = new double[golden.Length];
        for (var seed = 0; seed < 100; seed++)
        {
            var scores = new ShallowDetector(new() { Seed = seed }).Detect(Table(name), "bytes").Scores;
            for (var i = 0; i < mean.Length; i++)
                mean[i] += scores[i] / 100;
        }

        mean.Zip(golden, (ours, theirs) => Math.Abs(ours - theirs)).Max().ShouldBeLessThanOrEqualTo(0.02);
        RankCorrelation(mean, golden).ShouldBeGreaterThanOrEqualTo(0.99);
    }

    [Theory]
    [InlineData("one_day_5m")]
    [InlineData("three_days_30m")]
    [InlineData("one_hour_1m")]
    public void Detect_GoldenSeries_FindsTheSameAnomalies(string name)
    {
        var expected = Load("shallow.json").GetProperty(name).GetProperty("response").GetProperty("anomalies").EnumerateArray()
            .Select(anomaly => anomaly.GetProperty("timestamp").GetString());
        var table = Table(name);

        var result = new ShallowDetector(new()).Detect(table, "bytes");

        table.Timestamps.Where((_, row) => result.Anomalies[row]).ShouldBe(expected!);
    }

    [Fact]
    public void Detect_MissingValues_AreNeverFlagged()
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var i = 0; i < 100; i++)
        {
            builder.AddRow(i * 60_000L, $"{i}");
            if (i % 10 != 3)
                builder.Set(column, i == 50 ? 1e6 : 10);
        }

        var result = new ShallowDetector(new()).Detect(builder.Build(), "bytes");

        result.Anomalies.Index().Where(row => row.Item).Select(row => row.Index).ShouldContain(50);
        result.Anomalies.Index().Where(row => row.Index % 10 == 3).ShouldAllBe(row => !row.Item);
        double.IsNaN(result.Expected[3]).ShouldBeTrue();
    }

    [Fact]
    public void Detect_OneRowOrConstant_Answers()
    {
        foreach (var rows in new[] { 1, 2, 50 })
        {
            var builder = new MetricTableBuilder();
            var column = builder.ColumnOf("bytes");
            for (var i = 0; i < rows; i++)
            {
                builder.AddRow(i * 60_000L, $"{i}");
                builder.Set(column, 5);
            }
            new ShallowDetector(new()).Detect(builder.Build(), "bytes").Expected.ShouldAllBe(value => Math.Abs(value - 5) < Relative);
        }
    }

    private static JsonElement Load(string file) => JsonDocument.Parse(File.ReadAllBytes(Golden.Path("python-service/" + file))).RootElement;

    private static MetricTable Table(string name)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        foreach (var row in Load("inputs.json").GetProperty(name).EnumerateArray())
        {
            var timestamp = row.GetProperty("timestamp");
            builder.AddRow(timestamp.GetDateTimeOffset().ToUnixTimeMilliseconds(), timestamp.GetString()!);
            builder.Set(column, row.GetProperty("result").GetProperty("bytes").GetDouble());
        }
        return builder.Build();
    }

    /// <summary>Spearman's: the correlation of the ranks.</summary>
    private static double RankCorrelation(double[] first, double[] second)
    {
        var (a, b) = (Ranks(first), Ranks(second));
        var squares = a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
        var n = (double)a.Length;
        return 1 - 6 * squares / (n * (n * n - 1));
    }

    private static int[] Ranks(double[] values)
    {
        var ranks = new int[values.Length];
        foreach (var (row, rank) in Enumerable.Range(0, values.Length).OrderBy(row => values[row]).Select((row, rank) => (row, rank)))
            ranks[row] = rank;
        return ranks;
    }
}
