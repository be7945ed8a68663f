using System.CommandLine;
using AiOutliers.Service.Commands;

var root = new RootCommand("Finds anomalies in network-traffic time series held in Apache Druid.")
{
    ServeCommand.Create(),
    DetectCommand.Create(),
    SelfTestCommand.Create(),
    EvaluateCommand.Create(),
    ModelsCommand.Create(),
};
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return parsed.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
