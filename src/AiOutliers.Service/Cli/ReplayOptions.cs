using System.CommandLine;
using System.Globalization;
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

    public static Option<double> Speed()
    {
        var speed = new Option<double>("--speed")
        {
            Description = "With --replay: seconds of the data in a second.",
            DefaultValueFactory = _ => 60,
        };
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600))
                result.AddError("--speed takes a number from 0.1 to 3600");
        });
        return speed;
    }

    public static Option<string?> From() => new("--from")
    {
        Description = "With --replay: the time at which it begins (default: shortly before the first of the last week's known incidents).",
    };

    /// <exception cref="AiOutliersException">The folder is not there, or the time is not one.</exception>
    public static Settings Apply(Settings settings, string folder, double speed, string? from)
    {
        if (!Directory.Exists(folder))
            throw new AiOutliersException(ErrorKind.BadInput, $"--replay: the folder '{folder}' is not there");
        DateTimeOffset? start = null;
        if (from is not null)
        {
            start = DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw new AiOutliersException(ErrorKind.BadInput, $"--from '{from}' is not a time such as 2024-09-24T13:40Z");
        }
        foreach (var part in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(Database + part))
                File.Delete(Database + part);
        }
        var page = settings.Monitoring?.PublicUrl;
        return settings with
        {
            DruidEndpoint = $"duckdb:{folder}",
            Replay = new(folder, speed, start),
            Monitoring = new() { Database = DatabaseAddress.Parse($"sqlite:{Database}"), PublicUrl = page },
        };
    }
}
