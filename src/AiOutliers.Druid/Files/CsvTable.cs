using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads CSV. All fields come from the database as texts, so that the times come back to the letter; its first rows
/// tell what the columns are.
/// </summary>
internal static class CsvTable
{
    private const int SampleRows = 2000;

    /// <summary>From this share of numbers on a column holds numbers, and a text in it is an error.</summary>
    private const double MostlyNumbers = 0.5;

    public static SeriesSet Read(
        DuckDBConnection connection, string path, string name, InputOptions options, CancellationToken cancellation)
    {
        var dialect = CsvDialect.Of(path, options);
        var (names, sample) = Sample(connection, dialect, path);
        if (names.Count < 2)
            throw OneColumn(name);
        var texts = names.Select((_, column) => sample.Select(row => row[column]).OfType<string>().ToArray()).ToArray();
        var numbers = texts.Select(column => CsvNumbers.Of(column, dialect.Separator is null or ',')).ToArray();
        var kinds = texts.Select((column, i) => KindOf(column, numbers[i], options)).ToArray();
        var columns = TableColumns.Of(name, names, kinds, options.By);
        var warnings = columns.Warnings(names[columns.Time], isOneOfSeveralTimes: false);
        if (!dialect.HasHeader)
            warnings = warnings.Append(
                $"The first line is a row of data and not a header: the columns are called {string.Join(", ", names)}.");
        using var scan = new ColumnScan(connection, Selection(dialect), path);
        return new TableRowReader(Layout(names, columns, numbers), name, options).Read(scan, warnings, cancellation);
    }

    private static TableScan Layout(List<string> names, TableColumns columns, CsvNumbers[] numbers) => new(
        new(names[columns.Time], columns.Time),
        TimeForm.Text,
        [.. columns.Dimensions.Select(column => new TableColumn(names[column], column))],
        [.. columns.Metrics.Select(column => new TableMetric(names[column], column, numbers[column]))]);

    private static AiOutliersException OneColumn(string name) => TableFileReader.Wrong(
        $"{name} has one column only; a time and at least one number are needed, and as many fields in every row as in the header line");

    private static (List<string> Names, List<string?[]> Rows) Sample(DuckDBConnection connection, CsvDialect dialect, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"{Selection(dialect)} LIMIT {SampleRows}";
        command.Parameters.Add(new DuckDBParameter(path));
        using var rows = command.ExecuteReader();
        var names = Enumerable.Range(0, rows.FieldCount)
            .Select(column => !dialect.HasHeader ? $"column{column + 1}"
                : column == 0 && dialect.IsFirstUnnamed ? "" : rows.GetName(column).Trim())
            .ToList();
        var sample = new List<string?[]>();
        while (rows.Read())
            sample.Add([.. Enumerable.Range(0, rows.FieldCount).Select(column => rows.IsDBNull(column) ? null : rows.GetString(column))]);
        return (names, sample);
    }

    private static string Selection(CsvDialect dialect) => $"SELECT * FROM read_csv($1, {dialect.Options}, all_varchar = true)";

    private static TableColumnKind KindOf(string[] values, CsvNumbers numbers, InputOptions options)
    {
        string[] there = [.. values.Where(static value => !MissingValues.Is(value.Trim()))];
        // Nothing but missing values: a metric that came to a stop.
        if (there.Length == 0)
            return TableColumnKind.Number;
        var share = there.Count(value => numbers.TryParse(value, out _)) / (double)there.Length;
        if (share >= MostlyNumbers)
            return TableColumnKind.Number;
        return there.All(value => options.TryTime(value, out _)) ? TableColumnKind.Time : TableColumnKind.Text;
    }
}
