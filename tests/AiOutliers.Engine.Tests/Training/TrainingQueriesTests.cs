using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Engine.Training;

namespace AiOutliers.Engine.Tests.Training;

public sealed class TrainingQueriesTests
{
    private static readonly TrafficSchema Schema = new();
    private static readonly DateTimeOffset End = new(2024, 9, 30, 13, 47, 12, TimeSpan.Zero);

    [Fact]
    public void Create_ModelThatExists_TakesTheLastDayInWholeBuckets()
    {
        var queries = TrainingQueries.Create(Schema, [null], from: null, End, isNew: false);

        queries.Select(static query => query.Granularity).ShouldBe(["pt1m", "pt2m", "pt5m", "pt15m", "pt30m", "pt1h", "pt2h", "pt8h"]);
        Interval(queries[0]).ShouldBe("2024-09-29T13:48:00Z/2024-09-30T13:47:00Z");
        Interval(queries[5]).ShouldBe("2024-09-29T14:00:00Z/2024-09-30T13:00:00Z");
        Interval(queries[7]).ShouldBe("2024-09-29T16:00:00Z/2024-09-30T08:00:00Z");
    }

    [Fact]
    public void Create_NewModel_TakesFourWeeksAndOfMinutesAFewSlicesOfAllDays()
    {
        var queries = TrainingQueries.Create(Schema, [null], from: null, new(2024, 9, 30, 0, 0, 0, TimeSpan.Zero), isNew: true);

        queries.Select(Interval).Distinct().ShouldBe(["2024-09-02T00:00:00Z/2024-09-30T00:00:00Z"]);
        queries.Select(static query => query.Every).ShouldBe([5, 3, 1, 1, 1, 1, 1, 1]);
    }

    [Fact]
    public void Create_NewModelOfFewDays_TakesAllSlices() =>
        TrainingQueries.Create(Schema, [null], End.AddDays(-5), End, isNew: true).ShouldAllBe(static query => query.Every == 1);

    [Fact]
    public void Create_FilterOfSeveralSensors_IsASeriesForEach()
    {
        var filters = Schema.Sensors.Apart(SensorFilter.Parse(System.Text.Encoding.UTF8.GetBytes(Schema.Sensors.Of("a", "b"))));

        var queries = TrainingQueries.Create(Schema, filters, from: null, End, isNew: false);

        queries.Count.ShouldBe(16);
        queries.Select(static query => Schema.Sensors.SensorOf(query.Query.Filter)).Distinct().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Create_BeginAfterTheEnd_IsRefused() =>
        Should.Throw<AiOutliersException>(() => TrainingQueries.Create(Schema, [null], End.AddDays(1), End, isNew: true)).Message
            .ShouldContain("--from 2024-10-01T13:47:12Z is not before --to");

    private static string Interval(TrainingQuery query) => query.Query.Intervals!.Texts().Single();
}
