using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.Overview;

/// <summary>The largest severity per series and cell of time.</summary>
/// <param name="Range">From the first cell's begin to the last one's end.</param>
/// <param name="CellMilliseconds">The width of a cell.</param>
/// <param name="Rows">One per series.</param>
/// <param name="All">How many series there are; more than are shown.</param>
public sealed record HeatMap(TimeRange Range, long CellMilliseconds, IReadOnlyList<HeatRow> Rows, int All)
{
    /// <summary>About so many cells: each is some pixels wide.</summary>
    private const int About = 168;

    private static readonly long[] Widths =
        [.. new[] { 1, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440 }.Select(static minutes => minutes * 60_000L)];

    /// <summary>An axis says the time where one of these begins.</summary>
    private static readonly long[] Steps =
    [
        .. new[] { 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400, 43200, 129600, 525600 }
            .Select(static minutes => minutes * 60_000L),
    ];

    private const int MostTicks = 7;

    public int Cells => (int)((Range.Until - Range.From + CellMilliseconds - 1) / CellMilliseconds);

    public static HeatMap Of(SeriesList series, TimeRange range)
    {
        var cell = Widths.FirstOrDefault(width => (range.Until - range.From) / width <= About, Widths[^1]);
        // Cells begin at round times.
        range = range with { From = range.From / cell * cell };
        return new(range, cell, [.. series.Reports.Select(report => HeatRow.Of(report, range, cell))], series.All);
    }

    /// <summary>At round times of the zone, and where each is between 0 and 1; none so near the end that its name has no room.</summary>
    public IEnumerable<(long Time, double At)> Ticks(TimeZoneInfo zone)
    {
        const double LastWithRoom = 0.93;
        var length = Range.Until - Range.From;
        var step = Steps.FirstOrDefault(step => length / step <= MostTicks, Steps[^1]);
        var offset = (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(Range.From)).TotalMilliseconds;
        for (var time = (Range.From + offset + step - 1) / step * step - offset; time < Range.Until; time += step)
        {
            var at = (double)(time - Range.From) / length;
            if (at <= LastWithRoom)
                yield return (time, at);
        }
    }

    /// <summary>The most severe in this cell first; without one, the most severe at all.</summary>
    public HeatMap SortedBy(string? sort, long? at)
    {
        var cell = at is { } time && Range.Has(time) ? (int)((time - Range.From) / CellMilliseconds) : -1;
        var rows = cell >= 0 ? Rows.OrderByDescending(row => row.Cells[cell]).ThenByDescending(static row => row.Severity)
            : sort == "name" ? Rows.OrderBy(static row => row.Name, StringComparer.Ordinal)
            : Rows.OrderByDescending(static row => row.Severity);
        return this with { Rows = [.. rows.ThenBy(static row => row.Name, StringComparer.Ordinal)] };
    }
}
