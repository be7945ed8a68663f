using System.Globalization;

namespace AiOutliers.Engine.Evaluation;

/// <summary>The results as CSV: one row per series, detector and score. What is not known is an empty field.</summary>
public static class ResultsFile
{
    private const string NumberFormat = "0.######";

    public static void Write(TextWriter writer, IReadOnlyList<EvaluationRow> rows)
    {
        writer.Write("series,detector,score,n,");
        writer.WriteLine(string.Join(',', EvaluationFigures.Columns.Select(column => column.Column)));
        foreach (var row in rows)
        {
            var figures = EvaluationFigures.Columns.Select(column => column.Of(row.Figures))
                .Select(value => double.IsFinite(value) ? value.ToString(NumberFormat, CultureInfo.InvariantCulture) : "");
            writer.WriteLine(string.Join(',', figures.Prepend(row.Rows.ToString(CultureInfo.InvariantCulture)).Prepend(row.Score).Prepend(row.Detector).Prepend(Quoted(row.File.Name))));
        }
    }

    private static string Quoted(string name) => name.AsSpan().ContainsAny(',', '"') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
