using AiOutliers.Cluster.Jobs;
using AiOutliers.Engine;
using AiOutliers.Service.Console;
using AiOutliers.Service.Options;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Service.Tests.Console;

/// <summary>The queue of pages without Redis.</summary>
public sealed class ConsoleQueueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Queue_BeforeTheFirstTraining_IsNotOpened()
    {
        await using var queue = Open();

        (queue.IsShared, queue.IsOpen).ShouldBe((false, false));
        (await queue.JobOfAsync("traffic", default)).ShouldBeNull();
        queue.IsOpen.ShouldBeFalse();
    }

    /// <summary>No data source is configured: the job ends with that, and is not tried again.</summary>
    [Fact]
    public async Task Training_ThatFails_IsParkedWithTheReason()
    {
        await using var queue = Open();

        await queue.TrainAsync(new("traffic", null), default);
        JobInfo? job = null;
        for (var i = 0; i < 600 && (job = await queue.JobOfAsync("traffic", default)) is not { State: JobState.Parked }; i++)
            await Task.Delay(50);

        job!.State.ShouldBe(JobState.Parked);
        (job.Attempts, job.Reason!).ShouldSatisfyAllConditions(
            static one => one.Attempts.ShouldBe(1), static one => one.Item2.ShouldContain("data source"));
        (await queue.JobOfAsync("other", default)).ShouldBeNull();
    }

    private ConsoleQueue Open()
    {
        var file = Path.Combine(_folder.Path, "config.ini");
        File.WriteAllText(file, $"[Models]\npath = {_folder.Path}\n");
        return new(SettingsReader.Read(file, testing: false, DetectorCatalog.Names), NullLoggerFactory.Instance, TimeProvider.System);
    }
}
