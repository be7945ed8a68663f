using System.Globalization;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>Reads Parquet: the columns' types say what they are. Only what is needed is read, converted by the database.</summary>
internal static class ParquetTable
{
    public static SeriesSet Read(DuckDBConnection connection, string path, string name, InputOptions options)
    {
        var (names, types) = Describe(connection, path);
        var kinds = types.ConvertAll(KindOf);
        var columns = TableColumns.Of(name, names, kinds, options.By);
        var builder = new SeriesSetBuilder();
        columns.Warn(builder, names[columns.Time], kinds.Count(static kind => kind == TableColumnKind.Time) > 1);
        using var command = connection.CreateCommand();
        command.CommandText = Selection(names, kinds, columns);
        command.UseStreamingMode = true;
        command.Parameters.Add(new DuckDBParameter(path));
        using var rows = command.ExecuteReader();
        ReadRows(rows, builder, names, columns, kinds[columns.Time], name, options);
        return options.By is null ? builder.BuildWithoutIdleTexts() : builder.Build();
    }

    private static void ReadRows(
        DuckDBDataReader rows,
        SeriesSetBuilder builder,
        List<string> names,
        TableColumns columns,
        TableColumnKind time,
        string name,
        InputOptions options)
    {
        int[] dimensions = [.. columns.Dimensions.Select(column => builder.DimensionOf(names[column]))];
        int[] metrics = [.. columns.Metrics.Select(column => builder.ColumnOf(names[column]))];
        var (row, untimed) = (0, 0);
        while (rows.Read())
        {
            row++;
            if (rows.IsDBNull(0))
            {
                untimed++;
                continue;
            }
            for (var i = 0; i < dimensions.Length; i++)
            {
                if (!rows.IsDBNull(1 + i))
                    builder.SetKey(dimensions[i], Encoding.UTF8.GetBytes(rows.GetString(1 + i)));
            }
            for (var i = 0; i < metrics.Length; i++)
            {
                if (!rows.IsDBNull(1 + dimensions.Length + i))
                    builder.Set(metrics[i], MissingValues.Mended(rows.GetDouble(1 + dimensions.Length + i)));
            }
            if (time == TableColumnKind.Time)
                builder.AddRow(rows.GetInt64(0), null);
            else
                TableTimes.Add(builder, rows.GetString(0), names[columns.Time], row, name, options);
        }
        TableTimes.WarnOfUntimed(builder, untimed, names[columns.Time], name);
    }

    private static string Selection(List<string> names, List<TableColumnKind> kinds, TableColumns columns)
    {
        var time = Column.Quote(names[columns.Time]);
        // An infinite time counts as missing. A date is its midnight.
        string[] selected =
        [
            kinds[columns.Time] == TableColumnKind.Time
                ? $"CASE WHEN isfinite({time}::TIMESTAMP) THEN epoch_ms({time}::TIMESTAMP) END"
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
