using System.CommandLine;
using System.CommandLine.Parsing;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Druid.Responses;
using AiOutliers.Engine;

namespace AiOutliers.Service.Cli;

/// <summary>The options of <c>detect</c>.</summary>
internal static class DetectOptions
{
    public static readonly Argument<string> Input = CreateInput();

    public static readonly Option<string?> Config = CommonOptions.Config();

    public static readonly Option<string?> Detector = new("--detector")
    {
        Description = "The detector: " + string.Join(", ", DetectorCatalog.Names) + ".",
    };

    public static readonly Option<string?> Model = new("--model") { Description = "The deep model to run, as `models` names it." };

    public static readonly Option<string?> Metric = new("--metric")
    {
        Description = "The metric to judge, or several separated by commas (default: as configured, else monitors, else the first).",
    };

    public static readonly Option<string?> By = new("--by")
    {
        Description = "Judge one series for each value of this dimension, or for each combination of several, separated by commas.",
    };

    public static readonly Option<string?> Explain = new("--explain")
    {
        Description = "Say which values of these dimensions, separated by commas, carry each incident; auto takes the configured ones.",
    };

    public static readonly Option<string?> TimeFormat = new("--time-format")
    {
        Description = "How times are written in a CSV file, in the letters of .NET: \"dd/MM/yyyy HH:mm\" (default: ISO 8601, or a "
            + "number since 1970).",
    };

    public static readonly Option<string> Format = CreateFormat();

    public static readonly Option<string?> Output = new("--output")
    {
        Description = "Write every row with its score here: .csv, or .json.",
    };

    public static readonly Option<string?> Plot = new("--plot")
    {
        Description = "Draw the series, the expected values and the anomalies: .svg or .png.",
    };

    public static readonly Option<bool> Dark = new("--dark") { Description = "Draw on a dark background." };

    public static readonly Option<string?> Sensitivity = OfSeasonalScanOption("sensitivity");

    public static readonly Option<string?> Alarms = OfSeasonalScanOption("alarms");

    public static readonly Option<string?> Direction = OfSeasonalScanOption("direction");

    public static readonly Option<string?> MinDeviation = OfSeasonalScanOption("min_deviation");

    public static readonly Option<string?> MinDeviationPercent = OfSeasonalScanOption("min_deviation_percent");

    public static readonly Option<string?> IgnoreGaps = OfSeasonalScanOption("ignore_gaps", ArgumentArity.ZeroOrOne);

    public static readonly Option<string?> TimeZone = OfSeasonalScanOption(
        "time_zone", more: "Times of a file without an offset are of this clock, too.");

    public static readonly Option<DateTimeOffset?> CompleteUntil = new("--complete-until")
    {
        Description = "Up to where the data is complete (ISO 8601; default: now): a bucket that ends later is held back.",
        CustomParser = ParseTime,
    };

    public static readonly Option<string?> History = new("--history")
    {
        Description = "How far before the query's interval to look for what is usual: auto, off, or a duration such as P14D "
            + "(default: as configured).",
    };

    public static readonly Option<string?> Last = new("--last")
    {
        Description = "Ask for so long before now (28d, PT6H) instead of the query's interval; of a file, take its last rows.",
    };

    public static readonly Option<string?> Since = new("--since")
    {
        Description = "Answer for the rows of so long before the end only (1h, PT1H): what is older is history, and does not decide "
            + "the exit code.",
    };

    public static readonly Option<bool> Query = new("--query") { Description = "Print the native Druid query and stop." };

    public static readonly Option<double?> FailOn = new("--fail-on")
    {
        Description = "Exit with 3 only for an incident of at least this severity, 0 to 100; 50 is the alarm's threshold (default: any).",
    };

    public static readonly Option<string?> Service = new("--service")
    {
        Description = "Ask the service at this URL instead of judging here.",
    };

    /// <summary>What <see cref="Service"/> leaves no room for.</summary>
    public static readonly Option[] OfJudgingHere =
    [
        Config, Detector, Model, Metric, By, Explain, TimeFormat, Sensitivity, Alarms, Direction,
        MinDeviation, MinDeviationPercent, IgnoreGaps,
        TimeZone,
        CompleteUntil, History, Last, Since, FailOn, Query,
        Format, Output, Plot, Dark,
    ];

    /// <summary>What only the detector seasonal-scan honours.</summary>
    public static readonly Option<string?>[] OfSeasonalScan =
        [Alarms, Direction, MinDeviation, MinDeviationPercent, IgnoreGaps, TimeZone];

    /// <summary>What detectors honour, and no model does.</summary>
    public static readonly Option<string?>[] Detectors = [Sensitivity, .. OfSeasonalScan];

    private static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        if (Timestamps.TryParse(result.Tokens[0].Value, out var time))
            return DateTimeOffset.FromUnixTimeMilliseconds(time);
        result.AddError($"--complete-until '{result.Tokens[0].Value}' is not an ISO 8601 time such as 2024-09-24T14:30:00Z");
        return null;
    }

    private static Option<string?> OfSeasonalScanOption(string name, ArgumentArity? arity = null, string more = "")
    {
        var known = SeasonalScanOptions.All.First(option => option.Name == name);
        return new(known.CommandLineName)
        {
            Description = $"{known.Meaning} {more}{(more.Length > 0 ? " " : "")}Takes {known.Allowed} (default: as configured).",
            Arity = arity ?? ArgumentArity.ExactlyOne,
        };
    }

    private static Argument<string> CreateInput()
    {
        var input = new Argument<string>("FILE")
        {
            Description = "A file: a Druid response or query, CSV, Parquet, or what Prometheus, InfluxDB and nfdump write; - reads "
                + "standard input. Or a short query: \"rb_flow bytes by sensor_name where direction=upstream last 7d every 5m\".",
            DefaultValueFactory = _ => "-",
        };
        // A mistyped option would be taken for the file.
        input.Validators.Add(static parsed =>
        {
            if (parsed.Tokens is not [{ Value: ['-', _, ..] option }])
                return;
            var known = (parsed.Parent as CommandResult)?.Command.Options.Select(static one => one.Name) ?? [];
            parsed.AddError($"'{option}' is not an option; --help lists them. A file of this name is ./{option}."
                + Similar.Hint(option, known));
        });
        return input;
    }

    private static Option<string> CreateFormat()
    {
        var format = new Option<string>("--format") { Description = "What to print.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        return format;
    }
}
