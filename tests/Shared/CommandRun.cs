using System.Diagnostics;

namespace AiOutliers.Tests.Shared;

/// <summary>A command that ran to its end.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="command">The executable and its arguments.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="environment">Put over this process' own.</param>
    public static async Task<CommandRun> OfAsync(IEnumerable<string> command, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var words = command.ToArray();
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Golden.Root };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code says whether that was right.
        }
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new(process.ExitCode, await output, await error);
    }
}
