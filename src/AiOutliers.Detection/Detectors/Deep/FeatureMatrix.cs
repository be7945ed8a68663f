using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>
/// The network's input: one row per row of the table, the profile's metric columns and then its calendar columns, rescaled. Values that are
/// missing are held at the last known one (at the start: the first), so that they neither look like an outage nor stop the run; they get no
/// verdict. Where most metrics of a row are missing, its other values count as missing too: Druid counts 0 clients in a bucket whose sums
/// are null.
/// </summary>
internal static class FeatureMatrix
{
    /// <summary>Minutes between this row and the one before; computed, not asked for.</summary>
    internal const string Granularity = "granularity";

    private const int MinutesPerDay = 1440;

    /// <returns>(rows, columns), row-major.</returns>
    /// <exception cref="AiOutliersException">The table lacks metrics that the model needs.</exception>
    public static float[] Build(MetricTable table, AutoencoderProfile profile)
    {
        CheckMetrics(table, profile);
        var columns = profile.Columns;
        var matrix = new float[table.Rows * columns];
        var values = new double[table.Rows];
        var hollow = HollowRows(table, profile);
        for (var c = 0; c < profile.Metrics.Count; c++)
        {
            if (profile.Metrics[c] == Granularity)
                Steps(table.Times, values);
            else
                Known(table.Column(profile.Metrics[c]), hollow, values);
            FeatureScale.Rescale(values);
            for (var row = 0; row < values.Length; row++)
                matrix[row * columns + c] = (float)values[row];
        }
        WriteCalendar(table.Times, profile, matrix);
        return matrix;
    }

    internal static void CheckMetrics(MetricTable table, AutoencoderProfile profile)
    {
        var missing = profile.Metrics
            .Where(metric => metric != Granularity && !(table.TryGetColumn(metric, out var column) && column.ContainsAnyExcept(double.NaN)))
            .ToArray();
        if (missing.Length > 0)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"the model needs metrics that the data does not have: {string.Join(", ", missing)}. "
                + $"The data has: {string.Join(", ", table.Metrics)}");
        }
    }

    /// <summary>Minutes since the row before; the first row takes the second's.</summary>
    private static void Steps(ReadOnlySpan<long> times, Span<double> minutes)
    {
        for (var row = 1; row < times.Length; row++)
            minutes[row] = (times[row] - times[row - 1]) / 60_000.0;
        minutes[0] = times.Length > 1 ? minutes[1] : 0;
    }

    /// <summary>Rows where more than half of the metrics are missing.</summary>
    private static bool[] HollowRows(MetricTable table, AutoencoderProfile profile)
    {
        var missing = new int[table.Rows];
        var metrics = profile.Metrics.Where(static metric => metric != Granularity).ToArray();
        foreach (var metric in metrics)
        {
            var column = table.Column(metric);
            for (var row = 0; row < missing.Length; row++)
                missing[row] += double.IsNaN(column[row]) ? 1 : 0;
        }
        return Array.ConvertAll(missing, count => 2 * count > metrics.Length);
    }

    private static void Known(ReadOnlySpan<double> column, bool[] hollow, Span<double> values)
    {
        var last = column[column.IndexOfAnyExcept(double.NaN)];
        for (var row = 0; row < column.Length; row++)
        {
            if (!double.IsNaN(column[row]) && !hollow[row])
                last = column[row];
            values[row] = last;
        }
    }

    private static void WriteCalendar(ReadOnlySpan<long> times, AutoencoderProfile profile, float[] matrix)
    {
        var dropped = profile.TrueWeekdays ? -1 : LowestWeekday(times);
        // By column: the weekday that it marks, -1 for the minute of the day.
        var weekdays = profile.Calendar.Select(static column => column == "minute" ? -1 : column[^1] - '0').ToArray();
        for (var row = 0; row < times.Length; row++)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(times[row]);
            var weekday = Weekday(time);
            var minute = (time.Hour * 60 + time.Minute) / (float)MinutesPerDay;
            var calendar = matrix.AsSpan(row * profile.Columns + profile.Metrics.Count, weekdays.Length);
            for (var c = 0; c < calendar.Length; c++)
                calendar[c] = weekdays[c] < 0 ? minute : weekdays[c] == weekday && weekday != dropped ? 1 : 0;
        }
    }

    private static int LowestWeekday(ReadOnlySpan<long> times)
    {
        var lowest = 6;
        foreach (var time in times)
            lowest = Math.Min(lowest, Weekday(DateTimeOffset.FromUnixTimeMilliseconds(time)));
        return lowest;
    }

    /// <summary>0 is Monday.</summary>
    private static int Weekday(DateTimeOffset time) => ((int)time.DayOfWeek + 6) % 7;
}
