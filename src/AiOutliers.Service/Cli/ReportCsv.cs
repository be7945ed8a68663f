using System.Globalization;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Cli;

/// <summary>
/// Every row with its score and verdict, as CSV. Of several metrics, the rows of one follow those of another, and a first column names the
/// metric. A missing number is an empty field.
/// </summary>
internal static class ReportCsv
{
    private static readonly string[] Columns =
        ["timestamp", "value", "score", "anomaly", "expected", "lower", "upper", "severity", "reason"];

    public static void Write(TextWriter writer, JointReport report) => Write(writer, report, [], []);

    /// <param name="writer">Gets the lines.</param>
    /// <param name="report">What was found.</param>
    /// <param name="header">Names before the others; null leaves the header out.</param>
    /// <param name="leading">The values of those in every row.</param>
    public static void Write(TextWriter writer, JointReport report, IReadOnlyList<string>? header, IReadOnlyList<string> leading)
    {
        var several = report.Reports.Count > 1;
        var others = report.Reports[0].Result.OtherScores.Select(static score => score.Name);
        if (header is not null)
            writer.WriteLine(
                string.Join(',', [.. header.Select(Quoted), .. several ? ["metric"] : Array.Empty<string>(), .. Columns, .. others]));
        foreach (var one in report.Reports)
            WriteRows(writer, one, [.. leading.Select(Quoted), .. several ? [Quoted(one.Metric)] : Array.Empty<string>()]);
    }

    private static void WriteRows(TextWriter writer, AnalysisReport report, string[] leading)
    {
        var result = report.Result;
        var values = report.Table.Column(report.Metric);
        for (var row = 0; row < report.Table.Rows; row++)
        {
            writer.WriteLine(string.Join(',',
            [
                .. leading, Quoted(report.Table.Timestamps[row]),
                Text(values[row]), Text(result.Scores[row]), result.Anomalies[row] ? "1" : "0",
                Text(result.Expected[row]), Text(At(result.Lower, row)), Text(At(result.Upper, row)), Text(At(result.Severities, row)),
                Quoted(result.ReasonOf(row) ?? ""), .. result.OtherScores.Select(score => Text(score.Values[row])),
            ]));
        }
    }

    private static double At(double[]? values, int row) => values?[row] ?? double.NaN;

    /// <summary>Quoted where the text holds a comma, a quote or a line break.</summary>
    private static string Quoted(string text)
    {
        var plain = IsFormula(text) ? $"'{text}" : text;
        return plain.AsSpan().IndexOfAny(",\"\r\n") < 0 ? plain : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Spreadsheets compute what begins so, and names come from the network. A number does no harm.</summary>
    private static bool IsFormula(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !double.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
