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
    public void AddRow_ManyRowsOfManyMetrics_IsRefusedBeforeItTakesTheMemory()
    {
        var builder = new MetricTableBuilder();
        for (var metric = 0; metric < 1000; metric++)
            builder.ColumnOf($"m{metric}");
        Should.Throw<AiOutliersException>(() =>
        {
            for (var row = 0; row < 100_000; row++)
                builder.AddRow(row, "");
        }).Message.ShouldContain("rows of 1000 metrics");
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
}
