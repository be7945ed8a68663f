using System.CommandLine;
using AiOutliers.Service.Commands;

var root = new RootCommand("Finds anomalies in network-traffic time series held in Apache Druid.")
{
    ServeCommand.Create(),
    DetectCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
