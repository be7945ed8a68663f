using System.Text.RegularExpressions;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>Reads CSV. Its first rows tell what the columns are; the times are kept to the letter.</summary>
internal static partial class CsvTable
{
    private const int SampleRows = 2000;
    private const int HeadBytes = 1 << 16;

    /// <summary>From this share of numbers on a column holds numbers, and a text in it is an error.</summary>
    private const double MostlyNumbers = 0.5;

    public static SeriesSet Read(Stream stream, string name, InputOptions options, CancellationToken cancellation)
    {
        var head = Head(stream);
        var dialect = CsvDialect.Of(head, options);
        var names = dialect.Names();
        if (names.Count < 2)
            throw OneColumn(name);
        using var scan = new CsvScan(new(stream, head[dialect.Start..], dialect, names.Count, name), names.Count, SampleRows);
        var texts = names.Select((_, column) => scan.First(column, SampleRows).ToArray()).ToArray();
        var numbers = texts.Select(column => CsvNumbers.Of(column, dialect.Separator is null or ',')).ToArray();
        var kinds = texts.Select((column, i) => KindOf(names[i], column, numbers[i], options)).ToArray();
        var columns = TableColumns.Of(name, names, kinds, options.By);
        var clock = ClockOf(columns, kinds, texts);
        columns = columns with { LeftOut = [.. columns.LeftOut.Where(left => clock is null || left != names[clock.Value])] };
        var warnings = columns.Warnings(names[columns.Time], isOneOfSeveralTimes: false);
        if (!dialect.HasHeader)
            warnings = warnings.Append(
                $"The first line is a row of data and not a header: the columns are called {string.Join(", ", names)}.");
        var rows = new TableRowReader(Layout(names, columns, numbers, clock), name, options);
        while (scan.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(scan.Columns, scan.Rows);
        }
        return rows.Series(warnings);
    }

    /// <summary>So many bytes that the header line is whole.</summary>
    private static byte[] Head(Stream stream)
    {
        var head = new byte[HeadBytes];
        for (var length = 0; ;)
        {
            length += stream.ReadAtLeast(head.AsSpan(length), head.Length - length, throwOnEndOfStream: false);
            if (length < head.Length || head.AsSpan().ContainsAny("\r\n"u8) || length >= CsvSplitter.MostRowBytes)
                return head[..length];
            Array.Resize(ref head, head.Length * 2);
        }
    }

    private static TableScan Layout(List<string> names, TableColumns columns, CsvNumbers[] numbers, int? clock) => new(
        new(names[columns.Time], columns.Time),
        TimeForm.Text,
        [.. columns.Dimensions.Select(column => new TableColumn(names[column], column))],
        [.. columns.Metrics.Select(column => new TableMetric(names[column], column, numbers[column]))],
        clock is { } of ? new(names[of], of) : null);

    /// <summary>The column of the time of day, where that of the time has dates only.</summary>
    private static int? ClockOf(TableColumns columns, TableColumnKind[] kinds, string[][] texts) =>
        Array.IndexOf(kinds, TableColumnKind.Clock) is var clock and >= 0 && clock != columns.Time
        && !texts[columns.Time].Any(static text => text.Contains(':', StringComparison.Ordinal)) ? clock : null;

    private static AiOutliersException OneColumn(string name) => TableFileReader.Wrong(
        $"{name} has one column only; a time and at least one number are needed, and as many fields in every row as in the header line");

    private static TableColumnKind KindOf(string name, string[] values, CsvNumbers numbers, InputOptions options)
    {
        string[] there = [.. values.Where(static value => !MissingTexts.Is(value.Trim()))];
        // Nothing but missing values: a metric that came to a stop.
        if (there.Length == 0)
            return TableColumnKind.Number;
        var share = there.Count(value => numbers.TryParse(value, out _)) / (double)there.Length;
        if (share >= MostlyNumbers)
            return TableColumnKind.Number;
        if (there.All(value => options.TryTime(value, out _)))
            return TableColumnKind.Time;
        return TableColumns.IsClockName(name) && there.All(Clock().IsMatch) ? TableColumnKind.Clock : TableColumnKind.Text;
    }

    [GeneratedRegex(@"^\s*\d{1,2}:\d\d(:\d\d([.,]\d+)?)?(\s?[AaPp]\.?[Mm]\.?)?\s*$")]
    private static partial Regex Clock();
}
