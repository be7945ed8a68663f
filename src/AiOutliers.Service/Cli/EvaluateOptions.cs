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

    public static readonly Option<string[]> Detector = CreateDetector();

    public static readonly Option<double> Tolerance = new("--tolerance")
    {
        Description = "Minutes by which a flag may miss an event's edges; at least one row, unless 0.",
        DefaultValueFactory = _ => 10,
    };

    public static readonly Option<double?> PointsPerDay = new("--points-per-day")
    {
        Description = "How many rows make a day, for files without timestamps. Without it no detector is told of a calendar.",
    };

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

    static EvaluateOptions()
    {
        Tolerance.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1440))
                result.AddError("--tolerance takes minutes from 0 to 1440.");
        });
        PointsPerDay.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or (> 0 and <= 86_400_000)))
                result.AddError("--points-per-day takes a number above 0.");
        });
    }

    private static Option<string[]> CreateDetector()
    {
        var detector = new Option<string[]>("--detector")
        {
            Description = "A detector to run; may be given several times (default: all).",
            DefaultValueFactory = _ => [.. DetectorCatalog.Names],
        };
        detector.AcceptOnlyFromAmong([.. DetectorCatalog.Names]);
        return detector;
    }
}
