using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class TrainingDataTests
{
    private static readonly AutoencoderProfile Profile = new()
    {
        Metrics = ["bytes", "granularity"],
        Calendar = ["minute"],
        AverageLoss = 0,
        LossDeviation = 0,
        WindowSize = 4,
        Windows = 2,
    };

    [Fact]
    public void Prepare_SeveralGranularities_SplitsAllAtTheSameTime()
    {
        var data = TrainingData.Prepare(Profile, [Table(200, 1), Table(100, 2), Table(20, 10)], static (_, _) => false, validationShare: 0.25);

        var cut = data.ValidationRuns.Min(run => run.Times[0]);
        data.TrainingRuns.Max(run => run.Times[^1]).ShouldBeLessThan(cut);
        data.TrainingRuns.Count.ShouldBe(3);
        data.ValidationRuns.Count.ShouldBe(2, "five rows of ten minutes are not a slice");
        data.Validation.Length.ShouldBe(data.ValidationRuns.Sum(run => new Slices(run.Rows, 8, 4).Count) * 8 * 3);
    }

    [Fact]
    public void Prepare_MissingAndExcludedRows_CutTheRunsAndAreCounted()
    {
        var data = TrainingData.Prepare(Profile, [Table(100, 5, missing: 40)], static (_, row) => row is 60 or 61, validationShare: 0);

        data.LeftOutRows.ShouldBe(3);
        data.TrainingRuns.Select(run => run.Rows).ShouldBe([40, 19, 38]);
        var across = data.RunsAcrossHoles.ShouldHaveSingleItem().Column("bytes").ToArray();
        Enumerable.Range(0, across.Length).Where(row => double.IsNaN(across[row])).ShouldBe([40, 60, 61]);
        data.Validation.Length.ShouldBe(0);
    }

    [Fact]
    public void Prepare_EveryFewSlices_KeepsAllRowsForTheLimits()
    {
        var tables = new[] { Table(200, 1), Table(100, 2) };

        var data = TrainingData.Prepare(Profile, tables, static (_, _) => false, validationShare: 0, table => table == tables[0] ? 5 : 1);

        data.TrainingRuns.Sum(static run => run.Rows).ShouldBe(300);
        data.Training.Length.ShouldBe((10 + 24) * 8 * 3);
    }

    [Fact]
    public void Prepare_TooFewRows_SaysHowManyAreNeeded() =>
        Should.Throw<AiOutliersException>(() => TrainingData.Prepare(Profile, [Table(12, 5, missing: 6)], static (_, _) => false, 0)).Message.ShouldContain("at least 8 complete rows");

    private static MetricTable Table(int rows, int minutes, int missing = -1)
    {
        var builder = new MetricTableBuilder();
        var bytes = builder.ColumnOf("bytes");
        for (var row = 0; row < rows; row++)
        {
            builder.AddRow(row * minutes * 60_000L, $"{row}");
            builder.Set(bytes, row == missing ? double.NaN : row);
        }
        return builder.Build();
    }
}
