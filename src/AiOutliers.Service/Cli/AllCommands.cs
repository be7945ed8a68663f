using System.CommandLine;
using System.CommandLine.Help;

namespace AiOutliers.Service.Cli;

internal static class AllCommands
{
    public static RootCommand Create()
    {
        var root = Commands();
        root.Add(ManualPage.Create(root));
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new ExampleHelp((HelpAction)option.Action!);
        return root;
    }

    private static RootCommand Commands() => new("Finds anomalies in network-traffic time series held in Apache Druid.")
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
        CompletionCommand.Create(),
        KeysCommand.Create(),
    };
}
