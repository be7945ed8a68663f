using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Cli;

/// <summary>Turns the failures that are understood into one line on standard error and an exit code, for every command.</summary>
internal static class CommandGuard
{
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (AiOutliersException error)
        {
            return Report(error.Message, ExitCode.Of(error.Kind));
        }
        catch (AnalysisException error)
        {
            return Report(error.Message, ExitCode.Of(error.Kind));
        }
        catch (OperationCanceledException)
        {
            return Report("stopped", ExitCode.Stopped);
        }
        catch (IOException error)
        {
            return Report(error.Message, ExitCode.Failure);
        }
        catch (UnauthorizedAccessException error)
        {
            return Report(error.Message, ExitCode.Failure);
        }
    }

    private static int Report(string message, int code)
    {
        System.Console.Error.WriteLine($"rb-aioutliers: {message}");
        return code;
    }
}
