using AiOutliers.Samples;
using AiOutliers.Samples.FlowSuite;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class FlowSeriesTests
{
    [Fact]
    public void Make_SameSeed_GivesTheSameSeries()
    {
        FlowSeries.Make(3).Rows.ShouldBe(FlowSeries.Make(3).Rows);
        FlowSeries.Make(4).Rows.ShouldNotBe(FlowSeries.Make(3).Rows);
    }

    [Fact]
    public void Make_AnySeed_HasTwelveIncidentsApartFromEachOtherInTheJudgedDays()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var series = FlowSeries.Make(seed);

            series.Rows.Count.ShouldBe(42 * 288);
            series.Incidents.CountBy(static incident => incident.Kind).ShouldAllBe(static kind => kind.Value == 2);
            series.Incidents.Count.ShouldBe(12);
            series.Incidents[0].Start.ShouldBeGreaterThanOrEqualTo(series.OrdinaryRows + 12);
            series.Incidents[^1].End.ShouldBeLessThanOrEqualTo(series.Rows.Count - 12);
            series.Incidents.Zip(series.Incidents.Skip(1)).ShouldAllBe(static pair => pair.First.End + 24 <= pair.Second.Start);
        }
    }

    [Fact]
    public void Make_Leak_AddsBytesAndNothingElse()
    {
        var (sizes, series) = (new List<double>(), FlowSeries.Make(5));
        foreach (var leak in series.Incidents.Where(static incident => incident.Kind == FlowIncidentKind.Leak))
        {
            sizes.Add(leak.Size);
            var counts = leak.Apply(new(1000, 10, 5, 3), Sensor.All[0], FlowSeries.StepMinutes);
            (counts.Bytes, counts.Flows, counts.Clients).ShouldBe((1000 * leak.Size, 5, 3));
        }
        sizes.Count.ShouldBe(2);
        sizes.ShouldAllBe(static size => size >= 1.35 && size <= 1.7);
    }
}
