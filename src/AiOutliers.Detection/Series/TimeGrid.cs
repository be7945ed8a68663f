namespace AiOutliers.Detection.Series;

/// <summary>
/// The equally spaced points of time that a table's rows lie on: missing rows become points without a value, so that a day has the same number of
/// points every day. Rows that lie on no grid (calendar months, irregular samples) are taken as equally spaced in the order in which they are.
/// </summary>
public sealed class TimeGrid
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>A grid with more than this many points for each row holds hardly any data, and could be made as large as one likes with two rows.</summary>
    private const int MaxPointsPerRow = 16;

    private readonly int[] _points;

    private TimeGrid(MetricTable table, int[] points, bool isRegular)
    {
        _points = points;
        IsRegular = isRegular;
        Step = table.StepMilliseconds;
        Start = table.Times[0];
        Points = points[^1] + 1;
    }

    public int Rows => _points.Length;

    /// <summary>The number of points; at least the number of rows.</summary>
    public int Points { get; }

    /// <summary>Whether points are times. If not they are only an order, and <see cref="Step"/> is what most rows keep to.</summary>
    public bool IsRegular { get; }

    /// <summary>Milliseconds between points; 0 when there is a single row.</summary>
    public long Step { get; }

    /// <summary>The time of point 0, in milliseconds since 1970.</summary>
    public long Start { get; }

    /// <summary>Points per day; 0 when unknown or below two.</summary>
    public int PointsPerDay => Step > 0 && MillisecondsPerDay / Step >= 2 ? (int)Math.Round(MillisecondsPerDay / (double)Step) : 0;

    /// <param name="table">At least one row.</param>
    public static TimeGrid Of(MetricTable table)
    {
        var step = table.StepMilliseconds;
        var points = new int[table.Rows];
        if (step > 0 && Place(table.Times, step, points))
            return new(table, points, isRegular: true);
        for (var row = 0; row < points.Length; row++)
            points[row] = row;
        return new(table, points, isRegular: false);
    }

    /// <summary>The point on which a row lies; ascending, no two equal.</summary>
    public int PointOf(int row) => _points[row];

    /// <summary>The first and the last row between two points; the last before the first when there is none.</summary>
    /// <param name="start">The first point.</param>
    /// <param name="end">The first point after.</param>
    public (int First, int Last) RowsOf(int start, int end) => (RowFrom(start), RowFrom(end) - 1);

    /// <summary>One value per point, NaN where there is no row.</summary>
    public void Spread(ReadOnlySpan<double> rows, Span<double> points)
    {
        points.Fill(double.NaN);
        for (var row = 0; row < rows.Length; row++)
            points[_points[row]] = rows[row];
    }

    /// <summary>One value per row; the same array where every point has one.</summary>
    public T[] Gather<T>(T[] points)
    {
        if (points.Length == Rows)
            return points;
        var rows = new T[_points.Length];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = points[_points[row]];
        return rows;
    }

    private int RowFrom(int point)
    {
        var row = Array.BinarySearch(_points, point);
        return row >= 0 ? row : ~row;
    }

    /// <summary>To the nearest point: with a time zone, days are 23 or 25 hours long twice a year. False when two rows would share a point.</summary>
    private static bool Place(ReadOnlySpan<long> times, long step, int[] points)
    {
        if ((times[^1] - times[0]) / step >= (long)MaxPointsPerRow * times.Length)
            return false;
        for (var row = 1; row < times.Length; row++)
        {
            points[row] = (int)((times[row] - times[0] + step / 2) / step);
            if (points[row] == points[row - 1])
                return false;
        }
        return true;
    }
}
