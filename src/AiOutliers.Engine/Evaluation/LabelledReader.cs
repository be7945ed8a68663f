using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Evaluation;

/// <summary>Reads labelled series.</summary>
/// <param name="rowsPerDay">For files without timestamps: how many rows a day has; null when nobody knows.</param>
/// <param name="inOrder">Whether the detectors get the rows in order only, without their times, as in the published tables.</param>
public sealed class LabelledReader(double? rowsPerDay, bool inOrder = false)
{
    /// <summary>
    /// Files without timestamps, when nobody says how many rows a day has: all rows lie on a Monday midnight, a week apart. So no detector
    /// finds a calendar in them that is not there: a day has less than one row, and neither the time of day nor the weekday ever changes.
    /// </summary>
    private const long NoCalendarStep = 7 * 86_400_000L;

    private static readonly long FirstMonday = new DateTimeOffset(1970, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <exception cref="AiOutliersException">The file has no rows, or holds something else than numbers.</exception>
    public LabelledSeries Read(LabelledFile file)
    {
        var rows = file.Layout switch
        {
            SeriesLayout.Nab => ReadNab(file),
            SeriesLayout.TsbAd => ReadTsbAd(file),
            _ => ReadOwn(file),
        };
        if (rows.Count == 0)
            throw new AiOutliersException(ErrorKind.BadInput, $"'{file.Path}' has no rows");
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf(LabelledSeries.Metric);
        var labels = new Dictionary<long, bool>(rows.Count);
        foreach (var row in rows)
        {
            builder.AddRow(row.Time, row.Timestamp);
            builder.Set(column, row.Value);
            // As in the table, the last of equal times stays.
            labels[row.Time] = row.Label;
        }
        var table = builder.Build();
        var perDay = file.Layout == SeriesLayout.TsbAd
            ? rowsPerDay
            : table.StepMilliseconds > 0 ? LabelledSeries.MillisecondsPerDay / table.StepMilliseconds : null;
        return new(file, inOrder ? WithoutTimes(table) : table, Array.ConvertAll(table.Times.ToArray(), time => labels[time]), perDay)
        {
            CompleteUntil = inOrder || file.Layout == SeriesLayout.TsbAd ? DateTimeOffset.MaxValue : null,
        };
    }

    private static MetricTable WithoutTimes(MetricTable table)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf(LabelledSeries.Metric);
        var values = table.Column(LabelledSeries.Metric);
        for (var row = 0; row < values.Length; row++)
        {
            builder.AddRow(FirstMonday + row * NoCalendarStep, table.Timestamps[row]);
            builder.Set(column, values[row]);
        }
        return builder.Build();
    }

    /// <summary>
    /// NAB: the published tables leave out the first row and take the rows as equally spaced. So where a timestamp does not come after
    /// the one before (NAB stored the hour that summer time skips twelve times under one time) the row is put a step after it. The
    /// label goes by the time in the file.
    /// </summary>
    private static List<Row> ReadNab(LabelledFile file)
    {
        var rows = new List<Row>();
        foreach (var (line, fields) in CsvRows.Read(file.Path).Skip(1))
        {
            var time = CsvRows.Time(file.Path, line, fields[0]);
            rows.Add(new(time, fields[0], CsvRows.Number(file.Path, line, fields[1]), file.Windows.Any(window => window.Holds(time))));
        }
        var step = rows.Zip(rows.Skip(1), (row, next) => next.Time - row.Time).Where(difference => difference > 0)
            .GroupBy(difference => difference)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .FirstOrDefault()?.Key ?? 1;
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i].Time <= rows[i - 1].Time)
                rows[i] = rows[i] with { Time = rows[i - 1].Time + step };
        }
        return rows;
    }

    private List<Row> ReadTsbAd(LabelledFile file)
    {
        var label = LabelColumn(file);
        var step = rowsPerDay is { } perDay ? LabelledSeries.MillisecondsPerDay / perDay : NoCalendarStep;
        var rows = new List<Row>();
        foreach (var (line, fields) in CsvRows.Read(file.Path))
        {
            var time = FirstMonday + (long)(rows.Count * step);
            if (time > LastTime)
                throw new AiOutliersException(ErrorKind.BadInput,
                    $"'{file.Path}' has no timestamps and more rows than fit into the calendar; "
                        + "say with --points-per-day how many make a day");
            rows.Add(new(time, rows.Count.ToString(CultureInfo.InvariantCulture),
                CsvRows.Number(file.Path, line, fields[1 - label]), CsvRows.Number(file.Path, line, fields[label]) > 0));
        }
        return rows;
    }

    private static List<Row> ReadOwn(LabelledFile file)
    {
        var columns = CsvRows.Header(file.Path);
        var label = LabelColumn(file);
        var time = Array.FindIndex(columns, column => column.Contains("time", StringComparison.OrdinalIgnoreCase));
        var value = 3 - label - time;
        return [.. CsvRows.Read(file.Path).Select(row => new Row(CsvRows.Time(file.Path, row.Line, row.Fields[time]), row.Fields[time],
            CsvRows.Number(file.Path, row.Line, row.Fields[value]), CsvRows.Number(file.Path, row.Line, row.Fields[label]) > 0))];
    }

    private static int LabelColumn(LabelledFile file) =>
        Array.FindIndex(CsvRows.Header(file.Path), column => column.Equals("label", StringComparison.OrdinalIgnoreCase));

    private readonly record struct Row(long Time, string Timestamp, double Value, bool Label);
}
