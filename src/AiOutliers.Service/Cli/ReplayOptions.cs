using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary>The options of <c>serve</c> that let recorded data come in as if it were now.</summary>
internal static class ReplayOptions
{
    /// <summary>Made anew each time, apart from the configured one: times of a replay are not those of real monitors.</summary>
    private const string Database = "data/replay.db";

    public static Option<string?> Replay() => new("--replay")
    {
        Description = "Let the data of a folder come in as if it were now, for the monitors of FOLDER/monitors; kept in data/replay.db.",
        HelpName = "FOLDER",
    };

    public static Option<double> Speed() => new Option<double>("--speed")
    {
        Description = "With --replay: seconds of the data in a second, 0.1 to 3600.",
        DefaultValueFactory = _ => 60,
    }.From(0.1, 3600);

    public static Option<DateTimeOffset?> From() => CommandTimes.Option(
        "--from", "With --replay: the time at which it begins (default: shortly before the first of the last week's known incidents).");

    /// <exception cref="AiOutliersException">The folder is not there.</exception>
    public static Settings Apply(Settings settings, string folder, double speed, DateTimeOffset? from)
    {
        if (!Directory.Exists(folder))
            throw new AiOutliersException(ErrorKind.BadInput, $"--replay: the folder '{folder}' does not exist");
        foreach (var part in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(Database + part))
                File.Delete(Database + part);
        }
        var page = settings.Monitoring?.PublicUrl;
        return settings with
        {
            DruidEndpoint = $"duckdb:{folder}",
            Replay = new(folder, speed, from),
            Monitoring = new() { Database = DatabaseAddress.Parse($"sqlite:{Database}"), PublicUrl = page },
        };
    }
}
