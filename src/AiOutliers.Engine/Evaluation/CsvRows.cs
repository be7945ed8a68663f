using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Engine.Evaluation;

/// <summary>
/// A small CSV reader for what labelled series and tables of figures are: a header line, then fields without commas in them.
/// </summary>
public static class CsvRows
{
    /// <summary>The fields of a line, without quotes and blanks around them.</summary>
    public static string[] Split(string line) => Array.ConvertAll(line.Split(','), field => field.Trim(' ', '"', '\t', '\r', '\uFEFF'));

    /// <summary>The header's fields; none for an empty file.</summary>
    public static string[] Header(string path) => File.ReadLines(path).FirstOrDefault() is { Length: > 0 } line ? Split(line) : [];

    /// <summary>The rows below the header, with the number of their line. Blank lines are left out.</summary>
    /// <exception cref="AiOutliersException">A row has fewer or more fields than the header.</exception>
    public static IEnumerable<(int Line, string[] Fields)> Read(string path)
    {
        var (number, columns) = (0, 0);
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var fields = Split(line);
            if (columns == 0)
                columns = fields.Length;
            else if (fields.Length != columns)
                throw Wrong(path, number, $"it has {Counted.Of(fields.Length, "field")}, the header {columns}");
            else
                yield return (number, fields);
        }
    }

    /// <summary>A number; NaN for a field that is empty or says that nothing is known.</summary>
    public static double Number(string path, int line, string field) =>
        field.ToUpperInvariant() is "" or "NAN" or "NULL" or "NA" ? double.NaN
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Wrong(path, line, $"'{field}' is not a number");

    public static long Time(string path, int line, string field) =>
        Timestamps.TryParse(field, out var time) ? time : throw Wrong(path, line, $"'{field}' is not an ISO 8601 time");

    private static AiOutliersException Wrong(string path, int line, string what) =>
        new(ErrorKind.BadInput, $"line {line} of '{path}' cannot be used: {what}");
}
