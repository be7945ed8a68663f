using AiOutliers.Detection;

namespace AiOutliers.Druid.Files;

/// <summary>What the columns of a table are: one is the time, the others are metrics, dimensions, or left out.</summary>
/// <param name="Time">The position of the time.</param>
/// <param name="Metrics">The positions of the metrics.</param>
/// <param name="Dimensions">The positions of the dimensions.</param>
/// <param name="LeftOut">The names of the rest.</param>
internal sealed record TableColumns(int Time, IReadOnlyList<int> Metrics, IReadOnlyList<int> Dimensions, IReadOnlyList<string> LeftOut)
{
    /// <summary>Names that are usual for times, the most certain first.</summary>
    public static readonly string[] TimeNames =
    [
        "timestamp", "__time", "time", "ts", "datetime", "date_time", "date", "@timestamp", "_time",
        "zeit", "hora", "fecha", "datum", "index", "__index_level_0__",
    ];

    /// <summary>Names that are usual for the time of a day beside a date.</summary>
    private static readonly string[] ClockNames = ["time", "hour", "clock", "hora", "zeit", "uhrzeit", "heure", "ora"];

    private static readonly string[] RowNumberNames = ["", "Unnamed: 0", "index", "__index_level_0__"];

    /// <param name="file">What messages call the file.</param>
    /// <param name="names">The columns' names.</param>
    /// <param name="kinds">What each looks like.</param>
    /// <param name="by">The dimensions that the user names; null lets every text be one.</param>
    public static TableColumns Of(string file, IReadOnlyList<string> names, IReadOnlyList<TableColumnKind> kinds, IReadOnlyList<string>? by)
    {
        var unknown = by?.Where(name => !names.Contains(name)).ToArray() ?? [];
        if (unknown.Length > 0)
        {
            throw TableFileReader.Wrong($"{file} has no column {string.Join(", ", unknown)}; it has: {string.Join(", ", names)}."
                + Similar.Hint(unknown[0], names));
        }
        var time = TimeOf(names, kinds);
        int[] others = [.. Enumerable.Range(0, names.Count).Where(column => column != time && !IsRowNumber(names, kinds, column, time))];
        int[] dimensions = [.. others.Where(column => by?.Contains(names[column]) ?? kinds[column] == TableColumnKind.Text)];
        int[] metrics = [.. others.Where(column => kinds[column] == TableColumnKind.Number && !dimensions.Contains(column))];
        if (metrics.Length == 0)
            throw TableFileReader.Wrong($"{file} has no column of numbers beside the time '{names[time]}'");
        return new(time, metrics, dimensions, [.. others.Except(metrics).Except(dimensions).Select(column => names[column])]);
    }

    public static bool IsClockName(string name) => ClockNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Says what was left out.</summary>
    public IEnumerable<string> Warnings(string time, bool isOneOfSeveralTimes)
    {
        if (LeftOut.Count > 0)
            yield return $"Left out, not being numbers: {string.Join(", ", LeftOut)}.";
        if (isOneOfSeveralTimes)
            yield return $"Several columns hold times; '{time}' is taken.";
    }

    /// <summary>The number of the row, which writers in Python leave in the file, is not a metric where there is another.</summary>
    private static bool IsRowNumber(IReadOnlyList<string> names, IReadOnlyList<TableColumnKind> kinds, int column, int time) =>
        RowNumberNames.Contains(names[column])
        && kinds[column] == TableColumnKind.Number
        && Enumerable.Range(0, kinds.Count).Any(other => other != column && other != time && kinds[other] == TableColumnKind.Number);

    /// <summary>
    /// The column of times with the most usual name; else the first column of times; else a usual name; else the first column.
    /// </summary>
    private static int TimeOf(IReadOnlyList<string> names, IReadOnlyList<TableColumnKind> kinds)
    {
        int[] times = [.. Enumerable.Range(0, names.Count).Where(column => kinds[column] == TableColumnKind.Time)];
        var named = Enumerable.Range(0, names.Count)
            .Where(column => Rank(names[column]) < TimeNames.Length)
            .OrderBy(column => Rank(names[column]))
            .ToArray();
        return named.Intersect(times).Concat(times).Concat(named.Where(column => kinds[column] != TableColumnKind.Clock))
            .Concat(named).Append(0).First();
    }

    private static int Rank(string name)
    {
        var rank = Array.FindIndex(TimeNames, known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
        return rank < 0 ? TimeNames.Length : rank;
    }
}
