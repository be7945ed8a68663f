using System.CommandLine;
using AiOutliers.Service.Cli;

var parsed = AllCommands.Create().Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    // A worker that is asked to end may finish its job first; it keeps its own time, within what the configuration allows.
    ProcessTerminationTimeout = TimeSpan.FromMinutes(12),
});
return parsed.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
