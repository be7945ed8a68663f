using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console;
using AiOutliers.Service.Console.IncidentPages;
using AiOutliers.Service.Console.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Console.Tests.IncidentPages;

/// <summary>What is over, what came back, and what only seems settled.</summary>
public sealed class IncidentPartsTests
{
    private static readonly PageContext Context = new(null, TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch.AddYears(54), "/", "http://node");

    private static readonly StoredIncident Open = new()
    {
        Id = "0123456789abcdef",
        Monitor = "sensors",
        Metric = "bytes",
        Kind = "spike",
        State = IncidentStates.Open,
        Severity = 95,
    };

    private static readonly StoredIncident Closed = Open with { State = IncidentStates.Closed, ClosedAt = 1000 };

    [Fact]
    public async Task Head_OfAnIncidentThatCameBack_SaysSinceWhenItGoesOnAgain()
    {
        IncidentEvent[] history = [new() { Kind = IncidentEvent.Closed }, new() { Kind = IncidentEvent.Reopened, At = 3_600_000 }];

        (await HeadAsync(Open, history)).ShouldContain("was closed, and goes on since 1 Jan 1970 01:00");
        (await HeadAsync(Closed, history)).ShouldNotContain("goes on since");
        (await HeadAsync(Open, [])).ShouldNotContain("was closed");
    }

    [Fact]
    public async Task Severity_OfWhatIsOver_DoesNotAlarm()
    {
        (await HeadAsync(Open, [])).ShouldContain("alarm");
        (await HeadAsync(Closed, [])).ShouldNotContain("alarm");
        (await ListAsync(Open)).ShouldContain("number first alarm");
        (await ListAsync(Closed)).ShouldNotContain("number first alarm");
    }

    /// <summary>Somebody has said what it is; it still goes on.</summary>
    [Fact]
    public async Task List_OfAnOpenIncidentWithAVerdict_SaysBoth() =>
        (await ListAsync(Open with { Verdict = IncidentStates.Confirmed })).ShouldContain("open, confirmed");

    /// <summary>Of several monitors; a page of one monitor names it above its list.</summary>
    [Fact]
    public async Task List_OfIncidents_NamesTheMonitorOfEachOnce()
    {
        var ofOneSeries = await ListAsync(Open);
        ofOneSeries.ShouldContain(">monitor</th>");
        ofOneSeries.Split(">sensors<").Length.ShouldBe(2, "it has no entity: its monitor stands in its own column only");
        (await ListAsync(Open with { Entity = "sensor_name=headquarters" })).ShouldContain(">sensors<");
        (await ListAsync(Open, ("NamesMonitor", false))).ShouldNotContain(">monitor</th>");
    }

    /// <summary>A narrow window shows no heads of columns.</summary>
    [Fact]
    public async Task List_OfIncidents_NamesTheZoneBesideEachTime() => (await ListAsync(Open)).ShouldContain("data-zone=\"UTC\"");

    private static Task<string> HeadAsync(StoredIncident incident, IReadOnlyList<IncidentEvent> history) =>
        HtmlAsync<IncidentHead>(("View", new IncidentView(incident, history, [], null)));

    private static Task<string> ListAsync(StoredIncident incident, params ReadOnlySpan<(string Name, object Value)> more) =>
        HtmlAsync<StoredIncidents>([("Incidents", (IReadOnlyList<StoredIncident>)[incident]), .. more]);

    private static async Task<string> HtmlAsync<T>(params (string Name, object Value)[] given) where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = given.Append(("Context", Context)).ToDictionary(static one => one.Item1, static one => (object?)one.Item2);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
