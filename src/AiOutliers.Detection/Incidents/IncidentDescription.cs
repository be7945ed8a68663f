using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Incidents;

/// <summary>What there is to say of an incident: extent, peak, area, kind, severity and reason.</summary>
internal static class IncidentDescription
{
    /// <summary>Below this share of the expected values nothing is left but the noise of a dead line.</summary>
    private const double OutageShare = 0.05;

    /// <summary>Up to a twelfth of a day, two hours, it is a spike or a dip; longer than that the level has moved.</summary>
    private const int SpikesPerDay = 12;

    /// <summary>The same where the length of a day is not known, in points.</summary>
    private const int LongestSpike = 12;

    /// <summary>A gap is either there or not: as severe as what exceeds its threshold threefold.</summary>
    private const double GapSeverity = 75;

    /// <param name="group">What the alarms found.</param>
    /// <param name="rows">Its first and its last row, at least one of them anomalous.</param>
    /// <param name="table">The rows that were judged.</param>
    /// <param name="values">The judged metric, one per row.</param>
    /// <param name="grid">Where the rows lie.</param>
    /// <param name="result">With expected values, verdicts and severities.</param>
    /// <param name="reason">Why a row was found anomalous.</param>
    public static Incident Of(
        IncidentGroup group, (int First, int Last) rows, MetricTable table, ReadOnlySpan<double> values,
        TimeGrid grid, DetectionResult result, Func<int, string?> reason)
    {
        var (start, end) = Times(group, rows, table, grid);
        var worst = Worst(group.Sign, rows, values, result) ?? Worst(0, rows, values, result) ?? rows.First;
        var peak = Peak(group.Sign, rows, values, result) ?? Peak(0, rows, values, result) ?? worst;
        return new()
        {
            Start = start,
            End = end,
            Peak = new(table.Times[peak], values[peak], result.Expected[peak]),
            Area = Area(rows, values, result.Expected),
            Kind = KindOf(group, rows, values, grid, result),
            Alarms = group.Alarms,
            Severity = result.Severities![worst],
            Reason = reason(worst) ?? "",
        };
    }

    /// <summary>A gap in the data: it has no rows, so nothing to measure.</summary>
    /// <param name="group">What was found; no row lies in it.</param>
    /// <param name="grid">Where the rows lie; regular.</param>
    /// <param name="expected">What was usual in the gap, in the metric's unit.</param>
    public static Incident OfGap(IncidentGroup group, TimeGrid grid, double expected) => new()
    {
        Start = grid.TimeOf(group.Start),
        End = grid.TimeOf(group.End),
        Peak = null,
        Area = null,
        Kind = IncidentKind.Outage,
        Alarms = group.Alarms,
        Severity = GapSeverity,
        Reason = $"no data where {Quantity.Short(expected)} was usual",
    };

    private static (long Start, long End) Times(IncidentGroup group, (int First, int Last) rows, MetricTable table, TimeGrid grid) =>
        grid.IsRegular
            ? (grid.TimeOf(group.Start), grid.TimeOf(group.End))
            : (table.Times[rows.First], table.Times[rows.Last] + grid.Step);

    /// <summary>
    /// The most severe row, of equally severe ones that with the largest deviation; null when no row is anomalous and on that side of the
    /// usual.
    /// </summary>
    private static int? Worst(int sign, (int First, int Last) rows, ReadOnlySpan<double> values, DetectionResult result)
    {
        var (worst, severity, deviation) = ((int?)null, -1.0, -1.0);
        for (var row = rows.First; row <= rows.Last; row++)
        {
            var there = values[row] - result.Expected[row];
            if (!result.Anomalies[row] || sign != 0 && !(sign * there > 0))
                continue;
            var size = Math.Abs(there);
            var own = result.Severities![row];
            if (own > severity || own == severity && size > deviation)
                (worst, severity, deviation) = (row, own, size);
        }
        return worst;
    }

    /// <summary>The row with the largest deviation, however severe: what people look for in a picture. Null as above.</summary>
    private static int? Peak(int sign, (int First, int Last) rows, ReadOnlySpan<double> values, DetectionResult result)
    {
        var (peak, deviation) = ((int?)null, -1.0);
        for (var row = rows.First; row <= rows.Last; row++)
        {
            var there = values[row] - result.Expected[row];
            if (result.Anomalies[row] && (sign == 0 || sign * there > 0) && Math.Abs(there) > deviation)
                (peak, deviation) = (row, Math.Abs(there));
        }
        return peak;
    }

    private static double Area((int First, int Last) rows, ReadOnlySpan<double> values, double[] expected)
    {
        double area = 0;
        for (var row = rows.First; row <= rows.Last; row++)
        {
            var deviation = values[row] - expected[row];
            area += double.IsFinite(deviation) ? deviation : 0;
        }
        return area;
    }

    private static IncidentKind KindOf(
        IncidentGroup group, (int First, int Last) rows, ReadOnlySpan<double> values, TimeGrid grid, DetectionResult result)
    {
        if (group.Alarms.HasFlag(AlarmClasses.Outage) || group.Sign < 0 && IsDead(rows, values, result))
            return IncidentKind.Outage;
        var length = group.End - group.Start;
        var longest = grid.PointsPerDay > 0 ? Math.Max(LongestSpike / 2, grid.PointsPerDay / SpikesPerDay) : LongestSpike;
        if (length <= longest && group.Alarms.HasFlag(AlarmClasses.Sharp))
            return group.Sign > 0 ? IncidentKind.Spike : IncidentKind.Dip;
        if (group.Segments.FirstOrDefault(segment => segment.Kind is not null && 2 * segment.Length >= length) is { Kind: { } kind })
            return kind;
        if (length > longest)
            return IncidentKind.LevelShift;
        return group.Sign > 0 ? IncidentKind.Spike : IncidentKind.Dip;
    }

    private static bool IsDead((int First, int Last) rows, ReadOnlySpan<double> values, DetectionResult result)
    {
        double there = 0, expected = 0;
        for (var row = rows.First; row <= rows.Last; row++)
        {
            if (!result.Anomalies[row])
                continue;
            there += values[row];
            expected += result.Expected[row];
        }
        return there >= 0 && there <= OutageShare * expected;
    }
}
