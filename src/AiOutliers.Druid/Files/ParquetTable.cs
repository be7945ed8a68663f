using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>Reads Parquet: the columns' types say what they are. Only what is needed is read, converted by the database.</summary>
internal static class ParquetTable
{
    public static SeriesSet Read(
        DuckDBConnection connection, string path, string name, InputOptions options, CancellationToken cancellation)
    {
        var (names, types) = Describe(connection, path);
        var kinds = types.ConvertAll(KindOf);
        var columns = TableColumns.Of(name, names, kinds, options.By);
        var warnings = columns.Warnings(names[columns.Time], kinds.Count(static kind => kind == TableColumnKind.Time) > 1);
        using var scan = new ColumnScan(connection, Selection(names, kinds, columns), path);
        var table = Layout(names, columns, FormOf(kinds[columns.Time], types[columns.Time]));
        return new TableRowReader(table, name, options).Read(scan, warnings, cancellation);
    }

    /// <summary>The columns in the order of <see cref="Selection"/>.</summary>
    private static TableScan Layout(List<string> names, TableColumns columns, TimeForm times) => new(
        new(names[columns.Time], 0),
        times,
        [.. columns.Dimensions.Select((column, at) => new TableColumn(names[column], 1 + at))],
        [.. columns.Metrics.Select((column, at) => new TableMetric(names[column], 1 + columns.Dimensions.Count + at, Numbers: null))]);

    private static TimeForm FormOf(TableColumnKind kind, string type)
    {
        if (kind != TableColumnKind.Time)
            return TimeForm.Text;
        return type.Contains("WITH TIME ZONE", StringComparison.Ordinal) ? TimeForm.Instant : TimeForm.Local;
    }

    private static string Selection(List<string> names, List<TableColumnKind> kinds, TableColumns columns)
    {
        var time = Column.Quote(names[columns.Time]);
        // A date is its midnight.
        string[] selected =
        [
            kinds[columns.Time] == TableColumnKind.Time
                ? $"{time}::TIMESTAMP"
                : $"{time}::VARCHAR",
            .. columns.Dimensions.Select(column => $"{Column.Quote(names[column])}::VARCHAR"),
            .. columns.Metrics.Select(column => $"{Column.Quote(names[column])}::DOUBLE"),
        ];
        return $"SELECT {string.Join(", ", selected)} FROM read_parquet($1)";
    }

    private static (List<string> Names, List<string> Types) Describe(DuckDBConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DESCRIBE SELECT * FROM read_parquet($1)";
        command.Parameters.Add(new DuckDBParameter(path));
        using var rows = command.ExecuteReader();
        var (names, types) = (new List<string>(), new List<string>());
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
            types.Add(rows.GetString(1));
        }
        return (names, types);
    }

    private static TableColumnKind KindOf(string type)
    {
        var plain = type.ToUpper(CultureInfo.InvariantCulture).Split('(')[0];
        if (plain.EndsWith(']') || type.EndsWith(']'))
            return TableColumnKind.Other;
        return plain switch
        {
            "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT"
                or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "UHUGEINT"
                or "FLOAT" or "DOUBLE" or "DECIMAL" => TableColumnKind.Number,
            "VARCHAR" or "ENUM" or "BOOLEAN" or "UUID" => TableColumnKind.Text,
            "DATE" => TableColumnKind.Time,
            _ => plain.StartsWith("TIMESTAMP", StringComparison.Ordinal) ? TableColumnKind.Time : TableColumnKind.Other,
        };
    }
}
