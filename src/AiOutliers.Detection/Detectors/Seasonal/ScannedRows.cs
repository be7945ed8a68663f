using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>From the rows of a table to the points that are scanned, and from what the scan says of points back to rows.</summary>
internal static class ScannedRows
{
    /// <summary>A value for each point of the grid, NaN where it is missing or its bucket is not whole.</summary>
    public static double[] Spread(ReadOnlySpan<double> values, CompleteRows complete, TimeGrid grid)
    {
        var known = values.ToArray();
        known.AsSpan(0, complete.First).Fill(double.NaN);
        known.AsSpan(complete.End).Fill(double.NaN);
        if (grid.IsWhole)
            return known;
        var points = new double[grid.Points];
        grid.Spread(known, points);
        return points;
    }

    /// <summary>What a scan says, without incidents.</summary>
    public static DetectionResult Of(SeasonalScanResult scan, TimeGrid grid) => new()
    {
        ScoreName = "range",
        Scores = Of(scan.Range, scan, grid),
        OtherScores = [new("point", Of(scan.Point, scan, grid)), new("wide", Of(scan.Wide, scan, grid))],
        Anomalies = new bool[grid.Rows],
        Alarms = new AlarmClasses[grid.Rows],
        Expected = grid.Gather(scan.Expected),
        Lower = grid.Gather(scan.Lower),
        Upper = grid.Gather(scan.Upper),
        Severities = new double[grid.Rows],
    };

    /// <summary>One value a row; 0 where it is missing. The same array where nothing is.</summary>
    public static double[] Of(double[] known, SeasonalScanResult scan, TimeGrid grid)
    {
        if (known.Length == grid.Points)
            return grid.Gather(known);
        var points = new double[grid.Points];
        for (var place = 0; place < scan.Known.Length; place++)
            points[scan.Known[place]] = known[place];
        return grid.Gather(points);
    }

    /// <summary>Why a series was not judged; null where it was.</summary>
    public static string? NoVerdict(SeasonalScanState state, string metric, double[] points) => state switch
    {
        SeasonalScanState.Judged => null,
        SeasonalScanState.NoData => $"no row has a value of {metric}",
        SeasonalScanState.TooShort =>
            $"too short to judge: {Counted.Of(points.Count(double.IsFinite), "value")} of {metric}, "
                + $"and at least {SeasonalScan.LeastPoints} are needed",
        _ => $"all values of {metric} are alike: nothing can stand out",
    };
}
