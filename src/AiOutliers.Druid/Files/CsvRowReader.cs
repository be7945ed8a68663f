using System.Text;
using AiOutliers.Detection.Series;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>Puts the rows of a CSV file into a <see cref="SeriesSetBuilder"/>.</summary>
internal sealed class CsvRowReader(
    SeriesSetBuilder builder,
    IReadOnlyList<string> names,
    TableColumns columns,
    IReadOnlyList<CsvNumbers> numbers,
    string file,
    InputOptions options)
{
    private readonly int[] _dimensions = [.. columns.Dimensions.Select(column => builder.DimensionOf(names[column]))];
    private readonly int[] _metrics = [.. columns.Metrics.Select(column => builder.ColumnOf(names[column]))];

    public void Read(DuckDBDataReader rows)
    {
        var (row, untimed) = (0, 0);
        while (rows.Read())
        {
            row++;
            var time = rows.IsDBNull(columns.Time) ? "" : rows.GetString(columns.Time);
            if (string.IsNullOrWhiteSpace(time))
            {
                untimed++;
                continue;
            }
            for (var i = 0; i < _dimensions.Length; i++)
            {
                if (!rows.IsDBNull(columns.Dimensions[i]))
                    builder.SetKey(_dimensions[i], Encoding.UTF8.GetBytes(rows.GetString(columns.Dimensions[i])));
            }
            for (var i = 0; i < _metrics.Length; i++)
            {
                if (!rows.IsDBNull(columns.Metrics[i]))
                    builder.Set(_metrics[i], Number(rows.GetString(columns.Metrics[i]), columns.Metrics[i], row));
            }
            TableTimes.Add(builder, time, names[columns.Time], row, file, options);
        }
        TableTimes.WarnOfUntimed(builder, untimed, names[columns.Time], file);
    }

    private double Number(string text, int column, int row) => numbers[column].TryParse(text, out var value)
        ? value
        : throw TableFileReader.Wrong($"'{names[column]}' of row {row} of {file} is not a number: '{Shown(text)}'");

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
