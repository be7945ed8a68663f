using System.Diagnostics;

namespace AiOutliers.Packages.Tests;

/// <summary>Runs the programs that make and check packages.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Skips the test when a program is not to be had.</summary>
    public static void Require(string program, string debianPackage) => Assert.SkipUnless(IsThere(program), $"{program} is missing: Debian's package {debianPackage} has it");

    public static ToolResult Run(string program, params IReadOnlyList<string> arguments) => Run(program, arguments, input: "");

    public static ToolResult Run(string program, IReadOnlyList<string> arguments, string input, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end");
        }
        return new(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    public static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}

internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The output of a run that went well.</summary>
    public string Succeeded()
    {
        ExitCode.ShouldBe(0, Errors);
        return Output;
    }
}
