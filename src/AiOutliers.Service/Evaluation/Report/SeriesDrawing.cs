using System.Globalization;
using System.Text;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Evaluation.Report;

/// <summary>
/// A series as SVG paths in a box of <see cref="Width"/> × <see cref="Height"/> units, which the page stretches to the room there is. What
/// falls into the same unit of width is drawn once, so a drawing's size is bounded however long the series is.
/// </summary>
internal sealed class SeriesDrawing
{
    public const int Width = 1000;
    public const int Height = 200;

    private readonly double[] _values;
    private readonly int[] _columns;
    private readonly bool[] _startsRun;
    private readonly double _least;
    private readonly double _most;

    public SeriesDrawing(LabelledSeries series)
    {
        Series = series;
        _values = series.Table.Column(LabelledSeries.Metric).ToArray();
        var times = series.Table.Times;
        double span = Math.Max(1, times[^1] - times[0]);
        _columns = new int[times.Length];
        _startsRun = new bool[times.Length];
        for (var row = 0; row < times.Length; row++)
        {
            _columns[row] = (int)((times[row] - times[0]) / span * Width);
            // A line does not cross rows that are missing.
            _startsRun[row] = row == 0 || times[row] - times[row - 1] > 1.5 * series.Table.StepMilliseconds;
        }
        var known = _values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        (_least, _most) = (known.Min(), known.Max());
    }

    public LabelledSeries Series { get; }

    public double Least => _least;

    public double Most => _most;

    /// <summary>The series' line, with gaps where values or rows are missing.</summary>
    public string Line()
    {
        var path = new StringBuilder();
        for (var start = 0; start < _values.Length;)
        {
            var end = start;
            while (end < _values.Length && double.IsFinite(_values[end]) && (end == start || !_startsRun[end]))
                end++;
            if (end > start)
                AppendLine(path, PlotThinning.Rows(_values, start, end, row => _columns[row]));
            start = Math.Max(end, start + 1);
        }
        return path.ToString();
    }

    /// <summary>
    /// A dot on the line for every flagged row; of those in the same unit of width the one that is farthest from the middle.
    /// </summary>
    public string Dots(bool[] flags)
    {
        var path = new StringBuilder();
        var middle = (_least + _most) / 2;
        var flagged = Enumerable.Range(0, flags.Length).Where(row => flags[row] && double.IsFinite(_values[row]));
        foreach (var column in flagged.GroupBy(row => _columns[row]))
        {
            var row = column.MaxBy(row => Math.Abs(_values[row] - middle));
            path.Append(CultureInfo.InvariantCulture, $"M{_columns[row]} {Y(_values[row])}h0");
        }
        return path.ToString();
    }

    /// <summary>A dot at a height of the box for every flagged row.</summary>
    public string Dots(bool[] flags, int y)
    {
        var path = new StringBuilder();
        foreach (var column in Enumerable.Range(0, flags.Length).Where(row => flags[row]).Select(row => _columns[row]).Distinct())
            path.Append(CultureInfo.InvariantCulture, $"M{column} {y}h0");
        return path.ToString();
    }

    /// <summary>The area under a score, from 0 to its highest value: the highest of the rows that share a unit of width.</summary>
    public string Area(double[] scores)
    {
        var tops = new double[Width + 1];
        for (var row = 0; row < scores.Length; row++)
            tops[_columns[row]] = Math.Max(tops[_columns[row]], scores[row]);
        var scale = tops.Max() is var most and > 0 ? Height * 0.95 / most : 0;
        var path = new StringBuilder($"M0 {Height}");
        // Units without a row lie on the straight line between their neighbours.
        foreach (var column in _columns.Distinct())
            path.Append(CultureInfo.InvariantCulture, $"L{column} {Height - Math.Round(tops[column] * scale)}");
        return path.Append(CultureInfo.InvariantCulture, $"L{Width} {Height}Z").ToString();
    }

    /// <summary>The first and last unit of width of rows.</summary>
    public (int From, int To) Columns(int start, int end) => (_columns[start], Math.Max(_columns[end], _columns[start] + 1));

    private void AppendLine(StringBuilder path, List<int> rows)
    {
        var (x, y) = (_columns[rows[0]], Y(_values[rows[0]]));
        // A single row is a dot, as lines have round ends.
        path.Append(CultureInfo.InvariantCulture, $"M{x} {y}{(rows.Count == 1 ? "h0" : "")}");
        foreach (var row in rows.Skip(1))
        {
            var (nextX, nextY) = (_columns[row], Y(_values[row]));
            path.Append(CultureInfo.InvariantCulture, $"l{nextX - x} {nextY - y}");
            (x, y) = (nextX, nextY);
        }
    }

    private int Y(double value) =>
        _most > _least ? (int)Math.Round(Height * (0.96 - 0.92 * (value - _least) / (_most - _least))) : Height / 2;
}
