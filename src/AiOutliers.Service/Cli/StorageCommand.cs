using System.CommandLine;
using AiOutliers.Monitoring;

namespace AiOutliers.Service.Cli;

/// <summary><c>storage</c>: what the database holds, and a copy of it.</summary>
internal static class StorageCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The copy; a file that does not exist yet." };
        return new("storage", "The database of monitors, incidents and alerts.")
        {
            MonitoringCommand.Of(
                "info", "Print where it is, its schema, and how much is in it.", (_, runtime, stop) => InfoAsync(runtime, stop)),
            MonitoringCommand.Of("backup", "Copy a SQLite database while it is used.", async (parsed, runtime, stop) =>
            {
                await runtime.Maintenance.BackupAsync(parsed.GetValue(file)!, stop);
                System.Console.WriteLine($"{runtime.Settings.Database} is copied to {parsed.GetValue(file)}");
                return ExitCode.Success;
            }, file),
            MigrateCommand.Create(),
            AuditCommand.Create(),
        };
    }

    private static async Task<int> InfoAsync(MonitoringRuntime runtime, CancellationToken cancellation)
    {
        System.Console.WriteLine($"database  {runtime.Settings.Database}");
        if (!runtime.Database.MayExist)
        {
            System.Console.WriteLine("It does not exist yet: the first document that is applied creates it.");
            return ExitCode.Success;
        }
        foreach (var (name, value) in await runtime.Maintenance.InfoAsync(cancellation))
            System.Console.WriteLine($"{name,-16}  {value}");
        return ExitCode.Success;
    }
}
