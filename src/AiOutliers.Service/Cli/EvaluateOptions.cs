using System.CommandLine;
using AiOutliers.Engine;

namespace AiOutliers.Service.Cli;

/// <summary>The options of <c>evaluate</c>.</summary>
internal static class EvaluateOptions
{
    public static readonly Argument<string[]> Data = new("DATA")
    {
        Description = "Labelled series: CSV files (timestamp,value,label or Data,Label), NAB's layout, or folders of them.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<string?> Config = CommonOptions.Config();

    public static readonly Option<string[]> Detector = new Option<string[]>("--detector")
    {
        Description = "A detector to run; may be given several times (default: all).",
        DefaultValueFactory = _ => [.. DetectorCatalog.Names],
    }.OneOf([.. DetectorCatalog.Names]);

    public static readonly Option<double> Tolerance = new Option<double>("--tolerance")
    {
        Description = "Minutes by which a flag may miss an event's edges, 0 to 1440; at least one row, unless 0.",
        DefaultValueFactory = _ => 10,
    }.From(0, 1440);

    public static readonly Option<double?> PointsPerDay = new Option<double?>("--points-per-day")
    {
        Description = "How many rows make a day, for files without timestamps. Without it detectors know no time of day.",
    }.From(0.001, 86_400_000);

    public static readonly Option<bool> InOrder = new("--in-order")
    {
        Description = "Give the detectors the rows in order only, without their times: what the methods of the published tables got.",
    };

    public static readonly Option<string?> Output = new("--output")
    {
        Description = "Write a row per series, detector and score here: .csv.",
    };

    public static readonly Option<string?> Compare = new("--compare")
    {
        Description = "Put published VUS-PR beside: a CSV with the column series and one per method.",
    };

    public static readonly Option<string?> Report = new("--report")
    {
        Description = "Draw the series, scores, labels and flags, the worst series first: .html.",
    };
}
