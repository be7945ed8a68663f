using System.CommandLine;
using AiOutliers.Service.Commands;

var parsed = AllCommands.Create().Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
return parsed.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
