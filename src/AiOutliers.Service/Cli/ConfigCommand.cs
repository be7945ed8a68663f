using System.CommandLine;
using AiOutliers.Engine;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary>
/// <c>config check</c>: whether a configuration can be used, before a service is restarted with it; with <c>--connect</c>,
/// whether what it names answers, too.
/// </summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var connect = new Option<bool>("--connect")
        {
            Description = "Ask the data source, S3, Redis, Consul and the NTP server, those that are configured, one small question each.",
        };
        var check = new Command("check", "Check the configuration; exit code 0 when it can be used, 2 when not.") { config, connect };
        check.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = SettingsReader.Read(parsed.GetValue(config), testing: false, DetectorCatalog.Names);
            foreach (var warning in settings.Warnings)
                System.Console.WriteLine($"warning: {warning}");
            System.Console.WriteLine("The configuration can be used.");
            return parsed.GetValue(connect) ? await ConnectAsync(settings, cancellation) : ExitCode.Success;
        }));
        return new Command("config", "Check the configuration.") { check };
    }

    private static async Task<int> ConnectAsync(Settings settings, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(Neighbours.Of(settings).Select(neighbour => neighbour.AskAsync(cancellation)));
        foreach (var answer in answers)
            System.Console.WriteLine($"{answer.Name,-12} {(answer.IsWell ? "ok    " : "FAILED")} {answer.Words}");
        if (answers.Length == 0)
            System.Console.WriteLine("Nothing to connect to: no data source, S3, Redis, Consul or NTP server is configured.");
        return answers.All(static answer => answer.IsWell) ? ExitCode.Success : ExitCode.BadInput;
    }
}
