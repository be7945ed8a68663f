using System.Text.RegularExpressions;
using AiOutliers.Service.Tests.Process;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Documents;

/// <summary>The examples of docs/api.md that are for programs run as they stand there, with a key.</summary>
[Trait("tier", "integration")]
public sealed partial class ApiExampleTests : IAsyncLifetime
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Page = File.ReadAllText(Path.Combine(Golden.Root, "docs", "api.md"));

    private readonly TemporaryFolder _folder = new();
    private ServiceProcess _service = null!;
    private string _key = "";

    private Dictionary<string, string> Settings => new()
    {
        ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples"),
        ["Security__keys_file"] = Path.Combine(_folder.Path, "keys"),
        ["Storage__database"] = $"sqlite:{_folder.Path}/x.db",
    };

    public async ValueTask InitializeAsync()
    {
        var add = await CommandRun.OfAsync([.. ServiceFixture.Command, "keys", "add", "grafana", "operator"], environment: Settings);
        _key = add.Output.Trim();
        _service = await ServiceProcess.StartAsync(ServiceFixture.Command, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Debian has both modules as packages: python3-requests and python3-pandas.</summary>
    [Theory]
    [InlineData("requests", 1)]
    [InlineData("pandas", 2)]
    public async Task Python_Example_PrintsTheFlood(string module, int blocks)
    {
        Assert.SkipUnless(await HasAsync(module), $"{Python} has no module {module}");
        var examples = Blocks().Matches(Page).Select(static match => match.Groups["code"].Value).ToArray();
        examples.Length.ShouldBe(2);
        var script = string.Concat(examples.Take(blocks))
            .Replace("http://localhost:39091", _service.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("aio_…", _key, StringComparison.Ordinal);

        var run = await CommandRun.OfAsync([Python, "-"], script);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("{'sensor_name': 'headquarters'} bytes spike");
        if (module == "pandas")
            run.Output.ShouldMatch("2024-09-24 14:[0-9:]+\\+00:00 .* True");
    }

    private static async Task<bool> HasAsync(string module) =>
        File.Exists(Python) && (await CommandRun.OfAsync([Python, "-c", $"import {module}"])).ExitCode == 0;

    [GeneratedRegex("^```python\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
