using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Numerics;
using AiOutliers.Detection.Series;
using AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>The fast code and the written algorithm on one series.</summary>
internal static class LiteralComparison
{
    private const double Relative = 1e-9;

    // A Monday.
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Views, scores and marks.</summary>
    public static void ShouldAgree(double[] x, int hint, double sensitivity = 2 / 3.0)
    {
        var literal = LiteralScan.Of(x, hint, sensitivity);
        var result = SeasonalScan.Run(x, hint, new(sensitivity));

        ViewsShouldAgree(literal, hint);
        (result.Period, result.LongPeriod).ShouldBe((literal.Period, literal.LongPeriod));
        result.Known.ShouldBe(literal.Places);
        ShouldAgree(result.Deviation, literal.Seasonal, "deviation", floor: 1);
        ShouldAgree(result.SharpEnergy, literal.Energy, "energy", floor: 1);
        ShouldAgree(result.Point, literal.Point, "point", floor: 1);
        ShouldAgree(result.Wide, literal.Wide, "wide", floor: 1);
        ShouldAgree(result.Range, literal.Range, "range", floor: 1);
        ShouldAgree(result.Sustained, literal.Sustained, "sustained", floor: 1);
        ShouldAgree(result.Expected, literal.Expected, "expected", literal.Transform.Unit);
        ShouldAgree(result.Lower, literal.Lower, "lower", literal.Transform.Unit);
        ShouldAgree(result.Upper, literal.Upper, "upper", literal.Transform.Unit);
        result.Alarms.ShouldBe(literal.Alarms.Marks);
        ShouldAgree([result.SharpThreshold], [literal.Alarms.Sharp], "T", floor: 1);
        ShouldAgree([result.SustainedThreshold], [literal.Alarms.Sustained], "T2", floor: 1);
    }

    /// <summary>What is told of rows with times: verdicts, scores, severities and incidents.</summary>
    /// <param name="x">One value a row, NaN where missing.</param>
    /// <param name="step">Between rows.</param>
    /// <param name="start">Of the first row; a Monday where it is not given.</param>
    /// <param name="sensitivity">From 0 to 1.</param>
    /// <returns>The rules that made something fall away.</returns>
    public static IReadOnlyList<string> VerdictsShouldAgree(
        double[] x, TimeSpan step, DateTimeOffset? start = null, double sensitivity = 2 / 3.0)
    {
        var table = Table(x, start ?? Start, step);
        var grid = TimeGrid.Of(table);
        var scan = LiteralScan.Of(x, step == TimeSpan.FromDays(1) ? 7 : grid.PointsPerDay, sensitivity);
        var period = grid.PointsPerDay >= ShiftAlarm.LeastPointsPerDay ? 0 : scan.Period;
        var literal = new LiteralVerdict(x, (start ?? Start).UtcDateTime, step, grid.PointsPerDay, scan,
            rest => ShiftSegments.Find(rest, grid, period, new(sensitivity)));
        var result = new SeasonalScanDetector(new() { Sensitivity = new(sensitivity) }).Detect(table, "bytes");

        result.Alarms.ShouldBe(literal.Alarms);
        result.Anomalies.ShouldBe(literal.Alarms.Select(static alarms => alarms != 0));
        ShouldAgree(result.Scores, literal.Range, "score", floor: 1);
        ShouldAgree(result.Severities!, literal.Severities, "severity", floor: 100);
        result.Incidents.Select(static incident => (incident.Start, incident.End, incident.Alarms))
            .ShouldBe(literal.Incidents.Select(at => (grid.TimeOf(at.Start), grid.TimeOf(at.End), at.Alarms)));
        return literal.Rules;
    }

    public static MetricTable Table(double[] x, DateTimeOffset start, TimeSpan step)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var row = 0; row < x.Length; row++)
        {
            var time = (start + row * step).ToUnixTimeMilliseconds();
            builder.AddRow(time, CanonicalTimestamp.Of(time));
            builder.Set(column, x[row]);
        }
        return builder.Build();
    }

    private static void ViewsShouldAgree(LiteralScan literal, int hint)
    {
        var x = literal.Rest;
        var scratch = new Scratch(new double[SeasonalScan.ScratchLength(x.Length, known: 0)]);
        var series = new ScannedSeries(x, MissingValues.Places(x), hint, ref scratch);
        var channels = Channels.Of(series, PeriodFinder.Find(series.AtPoints, series.Known.Length, hint, scratch), hint, ref scratch);

        ShouldAgree(channels.Local.ToArray(), literal.Local, "local", floor: 1);
        ShouldAgree(channels.Autoregressive.ToArray(), literal.Autoregressive, "autoregressive", floor: 1);
    }

    /// <param name="ours">What the fast code computes.</param>
    /// <param name="literal">What the written algorithm does.</param>
    /// <param name="what">Named when it fails.</param>
    /// <param name="floor">Smaller values are compared as if they were this large: a difference near 0 has no digits left.</param>
    public static void ShouldAgree(double[] ours, double[] literal, string what, double floor)
    {
        ours.Length.ShouldBe(literal.Length);
        for (var i = 0; i < literal.Length; i++)
            ours[i].ShouldBe(literal[i], Relative * Math.Max(Math.Abs(literal[i]), floor), $"{what} {i}");
    }
}
