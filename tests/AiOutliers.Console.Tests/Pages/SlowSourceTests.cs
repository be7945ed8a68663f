using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>A data source that accepts questions and never answers: pages come all the same.</summary>
public sealed class SlowSourceTests
{
    [Fact]
    public async Task Pages_SourceThatNeverAnswers_ComeWithoutIt()
    {
        using var ended = new CancellationTokenSource();
        await using var broker = await FakeBroker.StartAsync(
            (_, _) => Task.Delay(Timeout.Infinite, ended.Token).ContinueWith(static _ => { }, TaskScheduler.Default));
        var settings = new Dictionary<string, string>(SampleService.Settings()) { ["Druid__druid_endpoint"] = broker.Endpoint.ToString() };
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, settings);
        try
        {
            (await service.Client.GetStringAsync("/")).ShouldContain("The data source has not answered yet");
            (await service.Client.GetStringAsync("/settings")).ShouldContain("it has not answered yet");
            (await service.Client.GetStringAsync("/models")).ShouldContain("traffic");
        }
        finally
        {
            await ended.CancelAsync();
        }
    }
}
