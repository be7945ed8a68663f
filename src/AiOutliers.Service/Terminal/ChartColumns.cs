using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Terminal;

/// <summary>In which column of a terminal each row of a series lies. Columns are equal spans of time.</summary>
internal sealed class ChartColumns
{
    private const int RoomForLabels = 12;

    /// <summary>Room for a time and what keeps it from the next.</summary>
    private const int LabelWidth = 9;

    private const int LeastWidth = 20;

    private readonly int[] _columns;
    private readonly long _first;
    private readonly long _end;

    /// <param name="times">Of the rows, ascending.</param>
    /// <param name="step">Milliseconds between rows; 0 puts the rows beside each other.</param>
    /// <param name="terminal">How wide the terminal is.</param>
    public ChartColumns(ReadOnlySpan<long> times, long step, int terminal)
    {
        (_first, _end) = times.Length > 0 ? (times[0], times[^1] + step) : (0, 0);
        var points = step > 0 ? (_end - _first) / step : times.Length;
        Width = (int)Math.Clamp(points, 1, Math.Max(LeastWidth, terminal - RoomForLabels));
        _columns = new int[times.Length];
        for (var row = 0; row < times.Length; row++)
        {
            var point = step > 0 ? (times[row] - _first) / step : row;
            _columns[row] = (int)((Int128)point * Width / Math.Max(1, points));
        }
    }

    public int Width { get; }

    /// <summary>The largest of the rows of each column; NaN where there is none.</summary>
    public double[] Fold(ReadOnlySpan<double> values)
    {
        var folded = new double[Width];
        Array.Fill(folded, double.NaN);
        for (var row = 0; row < values.Length; row++)
        {
            ref var column = ref folded[_columns[row]];
            if (double.IsFinite(values[row]) && !(column >= values[row]))
                column = values[row];
        }
        return folded;
    }

    /// <summary>Whether any row of a column is marked.</summary>
    public bool[] Marks(ReadOnlySpan<bool> marks)
    {
        var folded = new bool[Width];
        for (var row = 0; row < marks.Length; row++)
            folded[_columns[row]] |= marks[row];
        return folded;
    }

    /// <summary>Round times, each at its column, and the zone.</summary>
    public string Times()
    {
        if (_end <= _first)
            return "";
        if (Width < 2 * LabelWidth)
            return $"{Exact(_first)} to {Exact(_end)} UTC";
        var line = new char[Width];
        Array.Fill(line, ' ');
        var (ticks, format) = PlotTicks.OfTimes(_first, _end, Math.Max(1, Width / LabelWidth));
        var free = 0;
        foreach (var tick in ticks)
        {
            var label = PlotTicks.Format(tick, format);
            var column = (int)((double)(tick - _first) / (_end - _first) * Width);
            if (column < free || column + label.Length > Width)
                continue;
            label.CopyTo(line.AsSpan(column));
            free = column + label.Length + 1;
        }
        return new string(line).TrimEnd() + " UTC";
    }

    private static string Exact(long time) => CanonicalTimestamp.Instant(time).ToString("MMM d HH:mm", CultureInfo.InvariantCulture);
}
