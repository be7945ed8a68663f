using System.Diagnostics;
using System.Runtime.Intrinsics;
using AiOutliers.Detection.Tests.Detectors.Seasonal;

namespace AiOutliers.Detection.Tests.Numerics;

/// <summary>The kernels' tests and the golden series once more in a process whose processor has no vector instructions.</summary>
public sealed class WithoutSimdTests
{
    private const string Switch = "DOTNET_EnableHWIntrinsic";

    private static bool IsOff => Environment.GetEnvironmentVariable(Switch) == "0";

    [Fact]
    public void Switch_WhenOff_LeavesNoVectorInstructions()
    {
        if (IsOff)
            Vector256.IsHardwareAccelerated.ShouldBeFalse();
    }

    [Fact]
    public async Task Tests_WithoutSimd_PassAsWell()
    {
        if (IsOff)
            return;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.Environment[Switch] = "0";
        foreach (var argument in new[] { typeof(WithoutSimdTests).Assembly.Location, "-noColor" })
            start.ArgumentList.Add(argument);
        foreach (var tests in new[] { typeof(WithoutSimdTests), typeof(SeasonalScanLiteralTests) })
        {
            start.ArgumentList.Add("-namespace");
            start.ArgumentList.Add(tests.Namespace!);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0, output);
        output.ShouldContain("Failed: 0");
        output.ShouldNotContain("Total: 0");
    }
}
