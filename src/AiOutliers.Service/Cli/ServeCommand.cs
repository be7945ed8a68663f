using System.CommandLine;
using AiOutliers.Engine;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary><c>serve</c>: the HTTP service.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var testing = new Option<bool>("--testing") { Description = "Listen as [OutliersServerTesting] says." };
        var (replay, speed, from) = (ReplayOptions.Replay(), ReplayOptions.Speed(), ReplayOptions.From());
        var command = new Command("serve", "Run the HTTP service.") { config, testing, replay, speed, from };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = SettingsReader.Read(parsed.GetValue(config), parsed.GetValue(testing), DetectorCatalog.Names);
            if (parsed.GetValue(replay) is { } folder)
                settings = ReplayOptions.Apply(settings, folder, parsed.GetValue(speed), parsed.GetValue(from));
            await using var service = ServiceHost.Build(settings);
            await ServiceHost.RunAsync(service, settings, cancellation);
            return ExitCode.Success;
        }));
        return command;
    }
}
