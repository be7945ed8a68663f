using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Attribution;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Tests.Runs;
using AiOutliers.Monitoring.Tests.Storage;

namespace AiOutliers.Monitoring.Tests.Incidents;

/// <summary>The cause of the samples' flood: told when a monitor opens the incident, and when somebody asks later.</summary>
public sealed class IncidentCausesTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly ElementPart Target = new("dst_ip", "10.1.2.3");

    [Fact]
    public async Task Incident_OfAMonitorThatExplains_IsOpenedWithItsCause()
    {
        await using var runtime = await OpenedAsync("explain: [dst_ip, protocol]");
        var incident = (await runtime.Incidents.PageAsync(new(), default)).ShouldHaveSingleItem();

        var element = JsonElement.Parse(incident.Causes.ShouldNotBeNull()).GetProperty("elements")[0];
        element.GetProperty("where").GetProperty(Target.Dimension).GetString().ShouldBe(Target.Value);
        var anew = await new StoredCauses(runtime, SampleMonitor.Data).ExplainAsync(incident, [], 3, default);
        anew.Elements[0].Where.ShouldContain(Target);
    }

    [Fact]
    public async Task Incident_OfAMonitorThatDoesNotExplain_IsExplainedWhenSomebodyAsks()
    {
        await using var runtime = await OpenedAsync("");
        var incident = (await runtime.Incidents.PageAsync(new(), default)).ShouldHaveSingleItem();
        var causes = new StoredCauses(runtime, SampleMonitor.Data);

        incident.Causes.ShouldBeNull();
        (await causes.ExplainAsync(incident, ["dst_ip", "protocol"], 3, default)).Elements[0].Where.ShouldContain(Target);
        (await Should.ThrowAsync<AiOutliersException>(() => causes.ExplainAsync(incident with { Revision = 7 }, [], 3, default)))
            .Message.ShouldContain("revision 7 of monitor 'sensors'");
    }

    private async Task<MonitoringRuntime> OpenedAsync(string explain)
    {
        var clock = SampleMonitor.Clock();
        var runtime = new MonitoringRuntime(
            new() { Database = await databases.CreateAsync(Databases.Sqlite) },
            new EngineSettings { Traffic = new() { ExplainDataSource = "rb_flow_detail" } }, clock);
        await SampleMonitor.ApplyAsync(runtime, SampleMonitor.Document.Replace("catchUp: 2h", $"catchUp: 2h\n  {explain}"));
        await SampleMonitor.RunAsync(runtime, SampleMonitor.Data);
        clock.Now += TimeSpan.FromMinutes(30);
        await SampleMonitor.RunAsync(runtime, SampleMonitor.Data);
        return runtime;
    }
}
