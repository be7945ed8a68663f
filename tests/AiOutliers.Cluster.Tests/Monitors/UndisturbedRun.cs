using AiOutliers.Druid.Embedded;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Monitors;

/// <summary>The first monitor over the same rows, by one scheduler that nobody disturbs.</summary>
internal static class UndisturbedRun
{
    /// <param name="nodes">Has the rows and the documents.</param>
    /// <param name="first">The end of the first window.</param>
    /// <param name="last">The end of the last one.</param>
    public static async Task<IReadOnlyList<StoredIncident>> IncidentsAsync(MonitorNodes nodes, long first, long last)
    {
        using var folder = new TemporaryFolder();
        var clock = new Clock { Now = DateTimeOffset.FromUnixTimeMilliseconds(first) };
        await using var runtime = new MonitoringRuntime(
            new() { Database = DatabaseAddress.Parse($"sqlite:{Path.Combine(folder.Path, "x.db")}") }, new(), clock);
        using var source = new EmbeddedEngine(nodes.Data);
        var documents = runtime.Catalog.Read(nodes.Documents, "test");
        await runtime.Catalog.ApplyAsync(documents with { Monitors = [documents.Monitors[0]] }, new("test"), default);
        foreach (var time in new[] { first, last })
        {
            clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(time);
            var analyzer = new OutlierAnalyzer(
                runtime.Engine, null, source, TimeProvider.System, new("long", 2), NullLogger<OutlierAnalyzer>.Instance);
            await runtime.RunDueAsync(analyzer, source, NullLoggerFactory.Instance, default);
        }
        return await runtime.Incidents.PageAsync(new() { Limit = IncidentFilterQuery.MostRows }, default);
    }

    /// <summary>What does not depend on when it was found.</summary>
    public static string Facts(StoredIncident one) => FormattableString.Invariant(
        $"{one.StartedAt} {one.EndedAt} {one.EntityKey} {one.Metric} {one.Kind} {one.PeakValue} {one.Parent is null}");

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
