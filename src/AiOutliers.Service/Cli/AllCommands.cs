using System.CommandLine;

namespace AiOutliers.Service.Cli;

internal static class AllCommands
{
    /// <summary>
    /// A worker that is asked to end may finish its job first; it keeps its own time, within what the configuration allows.
    /// </summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(12);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Create().Parse(arguments);
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = LongestEnd,
        });
        return parsed.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
    }

    public static RootCommand Create() => new("Finds anomalies in network-traffic time series held in Apache Druid.")
    {
        ServeCommand.Create(),
        DetectCommand.Create(),
        SelfTestCommand.Create(),
        EvaluateCommand.Create(),
        TrainCommand.Create(TimeProvider.System),
        ModelsCommand.Create(),
        ScheduleCommand.Create(),
        WorkCommand.Create(),
        JobsCommand.Create(),
        ConfigCommand.Create(),
        KeysCommand.Create(),
    };
}
