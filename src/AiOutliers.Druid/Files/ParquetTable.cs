using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;

namespace AiOutliers.Druid.Files;

/// <summary>Reads Parquet: the columns' types say what they are. Only what is needed is read, converted by the database.</summary>
internal static class ParquetTable
{
    public static SeriesSet Read(FileDatabase file, string name, InputOptions options, CancellationToken cancellation)
    {
        var described = file.Columns("read_parquet($1)");
        string[] names = [.. described.Select(static column => column.Name)];
        TableColumnKind[] kinds = [.. described.Select(static column => KindOf(column.Type))];
        var columns = TableColumns.Of(name, names, kinds, options.By);
        var warnings = columns.Warnings(names[columns.Time], kinds.Count(static kind => kind == TableColumnKind.Time) > 1);
        var table = Layout(names, columns, FormOf(kinds[columns.Time], described[columns.Time].Type));
        var parts = new ParquetParts(file, Selection(names, kinds, columns, table.Times));
        // What a text or a time on a clock means may depend on the rows before it.
        var isWhole = table.Times == TimeForm.Text || options.Zone is not null || names.Contains(ParquetParts.RowNumber);
        var count = isWhole ? 1 : parts.Count();
        var readers = Enumerable.Range(0, count).Select(_ => new TableRowReader(table, name, options, count)).ToArray();
        parts.Read(readers, cancellation);
        return readers[0].Series(warnings);
    }

    /// <summary>The columns in the order of <see cref="ParquetColumns"/>.</summary>
    private static TableScan Layout(string[] names, TableColumns columns, TimeForm times) => new(
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

    private static ParquetColumns Selection(string[] names, TableColumnKind[] kinds, TableColumns columns, TimeForm times)
    {
        var time = Column.Quote(names[columns.Time]);
        return new(
            // A date is its midnight.
            kinds[columns.Time] == TableColumnKind.Time ? $"{time}::TIMESTAMP" : $"{time}::VARCHAR",
            times,
            [.. columns.Dimensions.Select(column => $"{Column.Quote(names[column])}::VARCHAR")],
            [.. columns.Metrics.Select(column => $"{Column.Quote(names[column])}::DOUBLE")]);
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
