using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests;

public sealed class MetricTableTests
{
    [Fact]
    public void Build_RowsOutOfOrderWithDuplicates_SortsAndKeepsTheLast()
    {
        var builder = new MetricTableBuilder();
        var bytes = builder.ColumnOf("bytes");
        foreach (var (time, value) in new[] { (120_000L, 3d), (0L, 1d), (60_000L, 2d), (0L, 9d) })
        {
            builder.AddRow(time, $"t{time}");
            builder.Set(bytes, value);
        }

        var table = builder.Build();

        table.Times.ToArray().ShouldBe([0, 60_000, 120_000]);
        table.Column("bytes").ToArray().ShouldBe([9, 2, 3]);
        table.StepMilliseconds.ShouldBe(60_000);
        table.Warnings.Count.ShouldBe(2);
    }

    [Fact]
    public void ColumnOf_ANewNameInEveryRow_IsRefusedBeforeItTakesTheMemory()
    {
        var builder = new MetricTableBuilder();
        Should.Throw<AiOutliersException>(() =>
        {
            for (var row = 0; row < 5000; row++)
            {
                builder.AddRow(row, "");
                builder.Set(builder.ColumnOf($"m{row}"), 1);
            }
        }).Message.ShouldContain("1000 metrics");
    }

    [Fact]
    public void ColumnOf_ANameOfAThousandCharacters_IsTheLongest()
    {
        var builder = new MetricTableBuilder();
        builder.ColumnOf(new string('m', 1000));

        Should.Throw<AiOutliersException>(() => builder.ColumnOf(new string('m', 1001)))
            .Message.ShouldBe("a metric's name has 1001 characters; at most 1000 are read");
    }

    [Fact]
    public void AddRow_ManyRowsOfManyMetrics_IsRefusedBeforeItTakesTheMemory()
    {
        var builder = new MetricTableBuilder();
        for (var metric = 0; metric < 1000; metric++)
            builder.ColumnOf($"m{metric}");
        Should.Throw<AiOutliersException>(() =>
        {
            for (var row = 0; row < 100_000; row++)
                builder.AddRow(row, "");
        }).Message.ShouldContain("rows of 1,000 metrics");
    }

    [Fact]
    public void Set_InfinityOrNothing_IsMissingNotZero()
    {
        var builder = new MetricTableBuilder();
        var bytes = builder.ColumnOf("bytes");
        builder.AddRow(0, "a");
        builder.Set(bytes, double.PositiveInfinity);
        builder.AddRow(1, "b");

        var table = builder.Build();

        table.Column("bytes").ToArray().ShouldBe([double.NaN, double.NaN]);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("infinite");
    }

    [Fact]
    public void Column_UnknownMetric_NamesTheOnesThereAre()
    {
        var builder = new MetricTableBuilder();
        builder.ColumnOf("pkts");

        var error = Should.Throw<AiOutliersException>(() => builder.Build().Column("bytes").ToArray());

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain("pkts");
    }

    [Fact]
    public void Timestamps_RowsWithAndWithoutTheirOwnText_ComeBackToTheLetter()
    {
        var builder = new MetricTableBuilder();
        builder.AddRow(0, null);
        builder.AddRow(60_000, "1970-01-01T01:01:00.000+01:00");
        builder.AddRow(120_001, null);

        var table = builder.Build();

        table.Timestamps.ShouldBe(["1970-01-01T00:00:00.000Z", "1970-01-01T01:01:00.000+01:00", "1970-01-01T00:02:00.001Z"]);
        table.Slice(1, 2).Timestamps.ShouldBe(table.Timestamps.Skip(1));
        table.LocalTime(1).Hour.ShouldBe(1);
        table.LocalTime(2).Minute.ShouldBe(2);
        table.TryWriteTimestamp(1, new byte[CanonicalTimestamp.Length]).ShouldBeFalse();
    }

    [Fact]
    public void Timestamps_RowsOutOfOrder_StayWithTheirRows()
    {
        var builder = new MetricTableBuilder();
        builder.AddRow(60_000, null);
        builder.AddRow(0, "begin");

        builder.Build().Timestamps.ShouldBe(["begin", "1970-01-01T00:01:00.000Z"]);
    }

    [Fact]
    public void Slice_RowsAfterAGap_KeepStepCoverageAndWarnings()
    {
        var table = Table("bytes", ["mended"], (0, 1), (60_000, 2), (120_000, 3), (600_000, 4)).Covering(new(From: 0, Until: 660_000));

        var slice = table.Slice(2, 2);

        slice.Times.ToArray().ShouldBe([120_000, 600_000]);
        slice.Column("bytes").ToArray().ShouldBe([3, 4]);
        slice.StepMilliseconds.ShouldBe(60_000);
        slice.Coverage.ShouldBe(table.Coverage);
        slice.Warnings.ShouldBe(["mended"]);
    }

    [Fact]
    public void Join_TablesThatOverlap_TakesTheLaterOnesRows()
    {
        var earlier = Table("bytes", ["old", "both"], (0, 1), (60_000, 2), (120_000, 3)).Covering(new(60_000, From: 0, Until: 180_000));
        var later = Table("pkts", ["both", "new"], (120_000, 30), (180_000, 40)).Covering(new(60_000, From: 120_000, Until: 200_000));

        var joined = MetricTable.Join(earlier, later);

        joined.Times.ToArray().ShouldBe([0, 60_000, 120_000, 180_000]);
        joined.Metrics.ShouldBe(["pkts", "bytes"]);
        joined.Column("bytes").ToArray().ShouldBe([1, 2, double.NaN, double.NaN]);
        joined.Column("pkts").ToArray().ShouldBe([double.NaN, double.NaN, 30, 40]);
        joined.Warnings.ShouldBe(["old", "both", "new"]);
        joined.Coverage.ShouldBe(new Coverage(60_000, From: 0, Until: 200_000));
    }

    [Fact]
    public void Join_OneTableHasNoRows_IsTheOther()
    {
        var rows = Table("bytes", [], (0, 1), (60_000, 2)).Covering(new(60_000, From: 0, Until: 120_000));
        var none = new MetricTableBuilder().Build();

        foreach (var joined in new[] { MetricTable.Join(rows, none), MetricTable.Join(none, rows) })
        {
            joined.Column("bytes").ToArray().ShouldBe([1, 2]);
            joined.Metrics.ShouldBe(["bytes"]);
            joined.Coverage.ShouldBe(rows.Coverage);
        }
    }

    [Fact]
    public void Join_TextsOfOneTable_StayWithTheirRows()
    {
        var builder = new MetricTableBuilder();
        builder.AddRow(60_000, "one minute past");

        var joined = MetricTable.Join(Table("bytes", [], (0, 1)), builder.Build());

        joined.Timestamps.ShouldBe(["1970-01-01T00:00:00.000Z", "one minute past"]);
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 2, 5, 8 }, 1)]
    [InlineData(new long[] { 0, 3, 6, 7, 8 }, 1)]
    [InlineData(new long[] { 0, 5, 6, 11, 16 }, 5)]
    [InlineData(new long[] { 0, 1, 3, 6, 8, 12 }, 2)]
    [InlineData(new long[] { 7 }, 0)]
    public void StepMilliseconds_DifferentDistances_IsTheMostFrequentThenTheSmallest(long[] times, long expected) =>
        Table("bytes", [], Array.ConvertAll(times, static time => (time, 0d))).StepMilliseconds.ShouldBe(expected);

    private static MetricTable Table(string metric, string[] warnings, params (long Time, double Value)[] rows)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf(metric);
        foreach (var (time, value) in rows)
        {
            builder.AddRow(time, null);
            builder.Set(column, value);
        }
        return builder.Build().WithWarnings(warnings);
    }
}
