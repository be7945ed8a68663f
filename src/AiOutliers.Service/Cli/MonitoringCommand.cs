using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary>What the commands of monitors, incidents, contacts and storage share: the configuration, the database, a table.</summary>
internal static class MonitoringCommand
{
    private const int PipeWidth = 300;

    /// <summary>A command that works on the configured database.</summary>
    public static Command Of(
        string name, string description, Func<ParseResult, MonitoringRuntime, CancellationToken, Task<int>> act, params Symbol[] symbols) =>
        Create(name, description, (parsed, _, runtime, cancellation) => act(parsed, runtime, cancellation), symbols);

    /// <summary>A command that also asks the data source, and judges.</summary>
    public static Command Judging(
        string name, string description, Func<ParseResult, MonitoringRuntime, MonitoringSource, CancellationToken, Task<int>> act,
        params Symbol[] symbols) => Create(name, description, async (parsed, settings, runtime, cancellation) =>
        {
            var source = DataSource.Require(settings);
            using var disposal = source as IDisposable;
            var analyzer = MonitoringServices.AnalyzerOf(settings, source, new Admission());
            return await act(parsed, runtime, new(analyzer, source), cancellation);
        }, symbols);

    private static Command Create(
        string name, string description, Func<ParseResult, Settings, MonitoringRuntime, CancellationToken, Task<int>> act,
        Symbol[] symbols)
    {
        var config = CommonOptions.Config();
        var command = new Command(name, description) { config };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(async () =>
        {
            var settings = Read(parsed.GetValue(config));
            await using var runtime = Open(settings);
            return await act(parsed, settings, runtime, cancellation);
        }));
        return command;
    }

    public static Settings Read(string? config) => CommandSettings.Read(config);

    /// <exception cref="AiOutliersException">Several nodes share a queue, and no database.</exception>
    public static MonitoringRuntime Open(Settings settings) => settings.Monitoring is { } monitoring
        ? new(MonitoringServices.WithStore(monitoring, settings), settings.Engine, TimeProvider.System)
        : throw new AiOutliersException(
            ErrorKind.BadConfiguration,
            "[Storage] database is not set, and [Redis] rd_hostname is: monitors of several nodes need a PostgreSQL database");

    /// <summary>One line a row, also in a pipe, whose width nobody knows.</summary>
    public static void Write(Table table)
    {
        if (System.Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = PipeWidth;
        foreach (var column in table.Columns)
            column.NoWrap();
        AnsiConsole.Write(table.Border(TableBorder.Rounded));
    }

    /// <summary>A name as text on one line, whatever it holds.</summary>
    public static Text Cell(string? text, int longest = 60) => text is null
        ? new("-")
        : new(OneLine.Of(text, text.Length <= longest ? longest : longest - 1));

    public static Text Time(long? time) => new(time is { } known
        ? DateTimeOffset.FromUnixTimeMilliseconds(known).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)
        : "-");
}
