using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Documents;

public sealed class ConfigurationTableTests
{
    private const string Renew = "AIOUTLIERS_RENEW=1 dotnet test --project tests/AiOutliers.Service.Tests --filter-class '*ConfigurationTableTests'";

    [Fact]
    public void Page_EveryKey_IsWhatItsTypeSays()
    {
        var file = Path.Combine(Golden.Root, "docs/configuration.md");
        var page = File.ReadAllText(file);
        if (Environment.GetEnvironmentVariable("AIOUTLIERS_RENEW") == "1")
            File.WriteAllText(file, page = ConfigurationTable.Renewed(page));

        page.ShouldBe(ConfigurationTable.Renewed(page), $"The table is renewed by: {Renew}");
    }

    [Fact]
    public void Page_EveryKey_HasAMeaningOrANeighbourThatTellsIt() =>
        File.ReadAllText(Path.Combine(Golden.Root, "docs/configuration.md")).Split('\n')
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal) && line.EndsWith("|  |", StringComparison.Ordinal))
            .ShouldBeEmpty("Write what the key means into the last column");
}
