using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Service.Console.MonitorPages;

namespace AiOutliers.Console.Tests.MonitorPages;

public sealed class MonitorsViewTests
{
    private static readonly MonitorsView View = new(true,
    [
        new() { Name = "a-well" }, new() { Name = "b-found" }, new() { Name = "c-ill", LastState = RunStates.Failed },
        new() { Name = "d-silent", LastState = RunStates.NoData },
    ])
    {
        Open = [new StoredIncident { Monitor = "b-found" }],
    };

    [Fact]
    public void Shown_Monitors_BeginWithThoseThatNeedSomebody() =>
        View.Shown.Select(static one => one.Name).ShouldBe(["c-ill", "d-silent", "b-found", "a-well"]);

    [Fact]
    public void Shown_PartOfAName_AreThoseThatHaveIt() =>
        (View with { Text = "ILL" }).Shown.Select(static one => one.Name).ShouldBe(["c-ill"]);
}
