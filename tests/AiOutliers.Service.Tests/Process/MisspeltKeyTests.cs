using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Every command that reads the configuration says which of its keys it does not know.</summary>
[Trait("tier", "integration")]
public sealed class MisspeltKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("models")]
    [InlineData("keys list")]
    [InlineData("jobs list")]
    [InlineData("monitors list")]
    [InlineData("storage info")]
    [InlineData("detect samples/rb_flow.parquet --query")]
    public async Task Run_ConfigurationWithAMisspeltKey_Warns(string command)
    {
        var config = Path.Combine(_folder.Path, "config.ini");
        File.WriteAllText(config, "[Outliers]\nmetrc = bytes\n");
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, .. command.Split(' '), "--config", config]);

        run.Error.ShouldContain("warning: [Outliers] metrc is not a known key; it is ignored. Did you mean 'metric'?");
    }
}
