using System.Text.Json.Nodes;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>A crash between the two steps of a replacement leaves the new model in <c>.NAME.saved</c> alone; it is there for everybody.</summary>
[Trait("tier", "integration")]
public sealed class UnfinishedReplacementTests : IDisposable
{
    private readonly TemporaryFolder _models = new();

    public UnfinishedReplacementTests()
    {
        var saved = Directory.CreateDirectory(Path.Combine(_models.Path, ".late.saved")).FullName;
        foreach (var ending in new[] { ".keras", ".ini" })
            File.Copy(Golden.Path("keras/k2_traffic_trained" + ending), Path.Combine(saved, "late" + ending));
    }

    private Dictionary<string, string> Settings => new() { ["Models__path"] = _models.Path };

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task Models_ListsItAndFinishesIt()
    {
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "models"], environment: Settings);
        (run.ExitCode, run.Output.Contains("ready", StringComparison.Ordinal)).ShouldBe((0, true), run.Error);
        Directory.GetFileSystemEntries(_models.Path).Select(Path.GetFileName).ShouldBe(["late.ini", "late.keras"], ignoreOrder: true);
    }

    [Fact]
    public async Task ModelsPush_KeepsItAsAVersion()
    {
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "models", "push", "late"], environment: Settings);
        (run.ExitCode, run.Output.StartsWith("late: version ", StringComparison.Ordinal)).ShouldBe((0, true), run.Error);
    }

    [Fact]
    public async Task Ready_CountsIt()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, Settings);
        var ready = JsonNode.Parse(await service.Client.GetStringAsync("/health/ready"))!;
        ready["models"]!.GetValue<int>().ShouldBe(1);
        ready["unusableModels"]!.AsObject().ShouldBeEmpty();
    }
}
