using System.CommandLine;

namespace AiOutliers.Service.Cli;

internal static class AllCommands
{
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
        MonitorsCommand.Create(),
        IncidentsCommand.Create(),
        ContactsCommand.Create(),
        StorageCommand.Create(),
        ConfigCommand.Create(),
        KeysCommand.Create(),
    };
}
