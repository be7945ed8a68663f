using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Engine.Explanation;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>incidents explain</c>: which values carry the deviation of an incident.</summary>
internal static class IncidentCausesCommand
{
    private const int MostTop = 10;

    public static Command Create(Argument<string> id)
    {
        var config = CommonOptions.Config();
        var dimensions = new Option<string?>("--dimensions")
        {
            Description = "The dimensions to look into, separated by commas (default: the monitor's, else the configured ones).",
        };
        var top = new Option<int>("--top")
        {
            Description = $"The most elements, 1 to {MostTop}.",
            DefaultValueFactory = _ => ExplanationRequest.UsualTop,
        }.From(1, MostTop);
        var command = new Command("explain", "Say which values carry the deviation of an incident.") { config, id, dimensions, top };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = MonitoringCommand.Read(parsed.GetValue(config));
            await using var runtime = MonitoringCommand.Open(settings);
            var source = DataSource.Open(settings) ?? throw new AiOutliersException(
                ErrorKind.BadConfiguration, "[Druid] druid_endpoint is not set; it names the data to look into");
            using var disposal = source as IDisposable;
            var incident = await IncidentsCommand.FindAsync(runtime, parsed.GetValue(id)!, cancellation);
            var names = parsed.GetValue(dimensions)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var causes = await Waiting.ForAsync("Looking for causes", () => new StoredCauses(runtime, source).ExplainAsync(
                incident, names ?? [], parsed.GetValue(top), cancellation));
            CausesText.Write(AnsiConsole.Console, incident.Entity, causes);
            return ExitCode.Success;
        }));
        return command;
    }
}
