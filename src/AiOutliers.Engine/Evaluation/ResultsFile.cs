using System.Globalization;

namespace AiOutliers.Engine.Evaluation;

/// <summary>The results as CSV: one row per series, detector and score. What is not known is an empty field.</summary>
public static class ResultsFile
{
    private const string NumberFormat = "0.######";

    public static async Task WriteAsync(TextWriter writer, IReadOnlyList<EvaluationRow> rows)
    {
        await writer.WriteAsync("series,detector,score,n,");
        await writer.WriteLineAsync(string.Join(',', EvaluationFigures.Columns.Select(column => column.Column)));
        foreach (var row in rows)
        {
            var figures = EvaluationFigures.Columns.Select(column => column.Of(row.Figures))
                .Select(value => double.IsFinite(value) ? value.ToString(NumberFormat, CultureInfo.InvariantCulture) : "");
            string[] judged = [Quoted(row.File.Name), row.Detector, row.Score, row.Rows.ToString(CultureInfo.InvariantCulture)];
            await writer.WriteLineAsync(string.Join(',', judged.Concat(figures)));
        }
    }

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(',', '"') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
