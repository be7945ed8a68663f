using System.CommandLine;

namespace AiOutliers.Service.Commands;

/// <summary>The options of <c>detect</c>.</summary>
internal static class DetectOptions
{
    public static readonly Argument<string> Input = CreateInput();

    public static readonly Option<string?> Config = CommonOptions.Config();

    public static readonly Option<string?> Detector = new("--detector") { Description = "The detector: " + string.Join(", ", DetectorCatalog.Names) + "." };

    public static readonly Option<string?> Model = new("--model") { Description = "The deep model to run, as `models` names it." };

    public static readonly Option<string?> Metric = new("--metric") { Description = "The metric to judge (default: monitors, else the first; with a model the configured one)." };

    public static readonly Option<string> Format = CreateFormat();

    public static readonly Option<string?> Output = new("--output") { Description = "Write every row with its score here: .csv, or .json." };

    public static readonly Option<string?> Plot = new("--plot") { Description = "Draw the series, the expected values and the anomalies: .svg or .png." };

    public static readonly Option<bool> Dark = new("--dark") { Description = "Draw on a dark background." };

    public static readonly Option<string?> Service = new("--service") { Description = "Ask the service at this URL instead of judging here." };

    /// <summary>What <see cref="Service"/> leaves no room for.</summary>
    public static readonly Option[] OfJudgingHere = [Config, Detector, Model, Metric, Format, Output, Plot, Dark];

    private static Argument<string> CreateInput()
    {
        var input = new Argument<string>("FILE")
        {
            Description = "A Druid response or a Druid query (JSON), a CSV file (timestamp,value…) or a Parquet file; - reads standard input.",
            DefaultValueFactory = _ => "-",
        };
        // A mistyped option would be taken for the file.
        input.Validators.Add(static parsed =>
        {
            if (parsed.Tokens is [{ Value: ['-', _, ..] option }])
                parsed.AddError($"There is no option '{option}'; --help lists them. A file of this name is ./{option}.");
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
