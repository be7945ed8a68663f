using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.SelfTest;

/// <summary>Where a series is disturbed.</summary>
/// <param name="table">The series.</param>
/// <param name="metric">The metric that is disturbed.</param>
internal sealed class InjectionPlan(MetricTable table, string metric)
{
    /// <summary>Copies per kind and size. A share of 12 is known to about ± 0.14: enough to tell "always" from "never".</summary>
    private const int Places = 12;

    /// <summary>The rows of a day, as far as the series has them.</summary>
    public int RowsPerDay { get; } =
        TimeGrid.Of(table).PointsPerDay is var points and > 0 ? Math.Min(points, table.Rows / 2) : Math.Max(8, table.Rows / 8);

    /// <summary>
    /// Every kind and size at <see cref="Places"/> places, spread evenly over the second half of the series: the first is the history.
    /// </summary>
    public IReadOnlyList<Injection> Injections()
    {
        var injections = new List<Injection>();
        foreach (var kind in Enum.GetValues<InjectionKind>())
        {
            foreach (var size in Injection.Sizes(kind))
            {
                var length = Math.Min(Injection.LengthOf(kind, size, RowsPerDay), table.Rows / 4);
                var (first, room) = (table.Rows / 2, table.Rows - table.Rows / 2 - length);
                for (var place = 0; place < Places; place++)
                {
                    var start = first + (int)((place + 0.5) / Places * room);
                    start = kind == InjectionKind.MissingPeak ? AtPeak(start, length) : start;
                    injections.Add(new(kind, size, KnownFrom(start, first, length), length));
                }
            }
        }
        return injections;
    }

    /// <summary>
    /// The next place at which most rows have a value: what is missing cannot be disturbed. The place itself where there is none.
    /// </summary>
    private int KnownFrom(int start, int first, int length)
    {
        var values = table.Column(metric);
        var room = values.Length - length - first;
        for (var moved = 0; moved <= room; moved++)
        {
            var at = first + (start - first + moved) % (room + 1);
            if (start < first || 2 * Known(values.Slice(at, length)) > length)
                return start < first ? start : at;
        }
        return start;
    }

    private static int Known(ReadOnlySpan<double> values)
    {
        var known = 0;
        foreach (var value in values)
            known += double.IsFinite(value) ? 1 : 0;
        return known;
    }

    /// <summary>Centred on the highest hour of the day around a row.</summary>
    private int AtPeak(int row, int length)
    {
        var values = table.Column(metric);
        var (from, to) = (Math.Max(0, row - RowsPerDay / 2), Math.Min(values.Length, row + RowsPerDay / 2));
        var hour = Math.Max(1, RowsPerDay / 24);
        var (peak, highest) = (row, double.NegativeInfinity);
        for (var start = from; start + hour <= to; start++)
        {
            double sum = 0;
            foreach (var value in values.Slice(start, hour))
                sum += double.IsFinite(value) ? value : 0;
            if (sum > highest)
                (peak, highest) = (start + hour / 2, sum);
        }
        return Math.Clamp(peak - length / 2, 0, values.Length - length);
    }
}
