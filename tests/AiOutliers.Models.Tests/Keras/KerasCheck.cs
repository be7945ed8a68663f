using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiOutliers.Detection.Neural;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>
/// Keras 3 itself, when it is there: the script <c>check</c> in the folder that AIOUTLIERS_KERAS_CHECK_HOME names, else in shared/keras-check beside the
/// checkout or above. It loads an archive and, given input and output, compares predictions.
/// </summary>
public sealed partial class KerasCheck : IAsyncLifetime
{
    /// <summary>What the script returns where Python lacks packages that it needs.</summary>
    private const int NotInstalled = 3;

    private string _script = "";

    /// <summary>Why there is no Keras; null when there is one.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var home = Environment.GetEnvironmentVariable("AIOUTLIERS_KERAS_CHECK_HOME") ?? BesideTheCheckout();
        _script = Path.Combine(home ?? "", "check");
        if (home is null || !File.Exists(_script))
            Missing = "no Keras 3: set AIOUTLIERS_KERAS_CHECK_HOME to the folder that holds its check script";
        else if (!File.Exists("/usr/bin/python3"))
            Missing = "no Python 3, which Keras needs";
        else if (await RunAsync(Golden.Path("keras/k3_sequential_lstm.keras")) is { ExitCode: NotInstalled } answer)
            Missing = answer.Output.Trim();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Has Keras load the archive and, with numbers, predict.</summary>
    /// <returns>The largest difference from the expected output; 0 without numbers.</returns>
    internal async Task<double> DifferenceAsync(byte[] archive, string? numbers)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        using var folder = new TemporaryFolder();
        var model = Path.Combine(folder.Path, "model.keras");
        await File.WriteAllBytesAsync(model, archive);
        var (exitCode, output) = await RunAsync(numbers is null ? [model] : [model, numbers]);
        if (numbers is null)
        {
            exitCode.ShouldBe(0, output);
            return 0;
        }
        var found = Difference().Match(output);
        found.Success.ShouldBeTrue(output);
        return double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The same with what our own network computes.</summary>
    internal async Task<double> DifferenceAsync(byte[] archive, Network network)
    {
        using var folder = new TemporaryFolder();
        var numbers = Path.Combine(folder.Path, "io.json");
        var examples = Networks.Examples(network, 3, seed: 9);
        await File.WriteAllTextAsync(numbers, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["x"] = examples,
            ["shape_in"] = (int[])[3, .. network.Input.Dimensions],
            ["y"] = Networks.Predict(network, examples),
            ["shape_out"] = (int[])[3, .. network.Output.Dimensions],
        }));
        return await DifferenceAsync(archive, numbers);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(_script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string? BesideTheCheckout()
    {
        for (var folder = new DirectoryInfo(Golden.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var check = Path.Combine(folder.FullName, "shared", "keras-check");
            if (File.Exists(Path.Combine(check, "check")))
                return check;
        }
        return null;
    }

    [GeneratedRegex(@"max absolute difference ([0-9.e+-]+)")]
    private static partial Regex Difference();
}
