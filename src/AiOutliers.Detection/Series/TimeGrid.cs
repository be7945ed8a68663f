namespace AiOutliers.Detection.Series;

/// <summary>
/// The equally spaced points of time that a table's rows lie on: missing rows become points without a value, so that a day has the same
/// number of points every day. Rows that lie on no grid (calendar months, irregular samples) are taken as equally spaced in the order in
/// which they are. With a time zone the points are those of its clock: the hour that summer time skips has points without a row, in the
/// hour that comes twice two rows share a point.
/// </summary>
public sealed class TimeGrid
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>The point of each row; null where it is the row's own number.</summary>
    private readonly int[]? _points;

    /// <summary>Null where it shows UTC.</summary>
    private readonly LocalClock? _clock;

    private TimeGrid(MetricTable table, int[]? points, bool isRegular, LocalClock? clock, long localStart)
    {
        _points = points;
        _clock = clock;
        LocalStart = localStart;
        IsRegular = isRegular;
        Step = table.StepMilliseconds;
        Start = table.Times[0];
        Rows = table.Rows;
        Points = points is null ? Rows : points[^1] + 1;
    }

    public int Rows { get; }

    /// <summary>The number of points; at least the number of rows.</summary>
    public int Points { get; }

    /// <summary>Whether every row has a point of its own, and every point a row.</summary>
    public bool IsWhole => _points is null;

    /// <summary>Whether points are times. If not they are only an order, and <see cref="Step"/> is what most rows keep to.</summary>
    public bool IsRegular { get; }

    /// <summary>Milliseconds between points; 0 when there is a single row.</summary>
    public long Step { get; }

    /// <summary>The time of point 0, in milliseconds since 1970.</summary>
    public long Start { get; }

    /// <summary>The same on the clock, as if it showed UTC.</summary>
    public long LocalStart { get; }

    /// <summary>Points per day; 0 when unknown or below two.</summary>
    public int PointsPerDay => Step > 0 && MillisecondsPerDay / Step >= 2 ? (int)Math.Round(MillisecondsPerDay / (double)Step) : 0;

    /// <param name="table">At least one row.</param>
    /// <param name="zone">Whose clock days keep to; null: UTC.</param>
    public static TimeGrid Of(MetricTable table, TimeZoneInfo? zone = null)
    {
        var clock = zone is null || zone.Equals(TimeZoneInfo.Utc) ? null : LocalClock.Of(zone, table.Times[0], table.Times[^1]);
        var local = clock is null ? table.Times : clock.ToLocal(table.Times);
        var step = table.StepMilliseconds;
        var isRegular = GridPoints.TryPlace(table.Times, local, step, out var points);
        return new(table, points, isRegular, clock, local[0]);
    }

    /// <summary>The time of a point, in milliseconds since 1970; of one that the clock skips, the time of the jump.</summary>
    public long TimeOf(int point) => _clock is null ? Start + point * Step : _clock.ToInstant(LocalStart + point * Step);

    /// <summary>Whether the clock never shows a point's time: its row is not missing.</summary>
    public bool IsSkipped(int point) => IsRegular && _clock?.Skips(LocalStart + point * Step) == true;

    /// <summary>The point on which a row lies; ascending, two equal only in an hour that the clock shows twice.</summary>
    public int PointOf(int row) => _points is null ? row : _points[row];

    /// <summary>The first and the last row between two points; the last before the first when there is none.</summary>
    /// <param name="start">The first point.</param>
    /// <param name="end">The first point after.</param>
    public (int First, int Last) RowsOf(int start, int end) => (RowFrom(start), RowFrom(end) - 1);

    /// <summary>One value per point, the mean of rows that share it, NaN where there is no row.</summary>
    public void Spread(ReadOnlySpan<double> rows, Span<double> points)
    {
        points.Fill(double.NaN);
        for (var row = 0; row < rows.Length; row++)
        {
            ref var there = ref points[PointOf(row)];
            there = double.IsNaN(there) ? rows[row] : double.IsNaN(rows[row]) ? there : (there + rows[row]) / 2;
        }
    }

    /// <summary>One value per row; the same array where every point has one.</summary>
    public T[] Gather<T>(T[] points)
    {
        if (_points is null)
            return points;
        var rows = new T[Rows];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = points[_points[row]];
        return rows;
    }

    private int RowFrom(int point)
    {
        if (_points is null)
            return Math.Clamp(point, 0, Rows);
        var row = Array.BinarySearch(_points, point);
        while (row > 0 && _points[row - 1] == point)
            row--;
        return row >= 0 ? row : ~row;
    }
}
