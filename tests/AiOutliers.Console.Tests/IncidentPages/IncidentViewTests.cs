using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.IncidentPages;

namespace AiOutliers.Console.Tests.IncidentPages;

public sealed class IncidentViewTests
{
    [Fact]
    public void Nearest_Incidents_AreOthersOfTheSameTimeTheNearestFirst()
    {
        var one = new StoredIncident { Id = "one", Parent = "parent", StartedAt = 1000 };
        StoredIncident[] found =
        [
            new() { Id = "later", StartedAt = 1900 }, one, new() { Id = "parent", StartedAt = 1000 },
            new() { Id = "member", Parent = "one", StartedAt = 1000 }, new() { Id = "before", StartedAt = 900 },
        ];
        IncidentView.Nearest(one, found).Select(static other => other.Id).ShouldBe(["before", "later"]);
    }
}
