using System.CommandLine;
using System.CommandLine.Parsing;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis.History;

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

    public static readonly Option<string?> TimeFormat = new Option<string?>("--time-format")
    {
        Description = "How times are written in a CSV file, in the letters of .NET: \"dd/MM/yyyy HH:mm\" (default: ISO 8601, or a "
            + "number since 1970).",
    }.Allowing(DetectTimes.IsFormat, "letters of .NET, such as \"dd/MM/yyyy HH:mm\"");

    public static readonly Option<string> Format = new Option<string>("--format")
    {
        Description = "What to print.",
        DefaultValueFactory = _ => "table",
    }.OneOf("table", "json", "csv");

    public static readonly Option<string?> Output = new("--output") { Description = "Write every row with its score here: .csv or .json." };

    public static readonly Option<string?> Plot = new("--plot")
    {
        Description = "Draw the series, the expected values and the anomalies: .svg or .png.",
    };

    public static readonly Option<bool> Dark = new("--dark") { Description = "Draw on a dark background." };

    public static readonly Option<DateTimeOffset?> CompleteUntil = CommandTimes.Option(
        "--complete-until", "Up to where the data is complete (ISO 8601; default: now): a bucket that ends later is held back.");

    public static readonly Option<string?> History = new Option<string?>("--history")
    {
        Description = "How far before the query's interval to look for what is usual: auto, off, or a duration such as P14D "
            + "(default: as configured).",
    }.Allowing(static text => HistorySpan.TryParse(text, out _), HistorySpan.Allowed);

    public static readonly Option<string?> Last = new Option<string?>("--last")
    {
        Description = "Ask for this long before now (28d, PT6H) instead of the query's interval; of a file, take its last rows.",
    }.Allowing(static text => TimeSpans.TryParse(text, out _), TimeSpans.Allowed);

    public static readonly Option<string?> Since = new Option<string?>("--since")
    {
        Description = "Answer only for the last rows, of this long (1h, PT1H): older rows are history, and do not decide "
            + "the exit code.",
    }.Allowing(static text => TimeSpans.TryParse(text, out _), TimeSpans.Allowed);

    public static readonly Option<bool> Query = new("--query") { Description = "Print the native Druid query and stop." };

    public static readonly Option<double?> FailOn = new Option<double?>("--fail-on")
    {
        Description = "Exit with 3 only for an incident of at least this severity, 0 to 100; 50 is the alarm's threshold (default: any).",
    }.From(0, 100);

    public static readonly Option<string?> Service = new("--service")
    {
        Description = "Ask the service at this URL instead of judging here.",
    };

    /// <summary>What <see cref="Service"/> leaves no room for.</summary>
    public static readonly Option[] OfJudgingHere =
    [
        Config, Detector, Model, Metric, By, Explain, TimeFormat, .. JudgingOptions.All,
        CompleteUntil, History, Last, Since, FailOn, Query, Format, Output, Plot, Dark,
    ];

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
}
