using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Incidents;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What the browser draws, as JSON: thinned rows in columns, the incidents. Five digits are more than a screen shows.</summary>
/// <param name="report">What was found.</param>
/// <param name="zone">Whose clock the axis shows.</param>
/// <param name="isBehind">Whether the same hours of the week before are drawn, too.</param>
internal sealed class ChartJson(JointReport report, TimeZoneInfo zone, bool isBehind)
{
    /// <param name="json">Gets an object.</param>
    /// <param name="whole">All that was asked for.</param>
    /// <param name="view">What is drawn of it.</param>
    /// <param name="width">Pixels.</param>
    public void Write(Utf8JsonWriter json, TimeRange whole, TimeRange view, int width)
    {
        json.WriteStartObject();
        json.WriteNumber("from", whole.From);
        json.WriteNumber("until", whole.Until);
        json.WriteNumber("step", report.Table.StepMilliseconds);
        json.WriteString("zone", zone.Id);
        json.WriteStartArray("series");
        foreach (var one in report.Reports)
            Write(json, one, VisibleRows.Of(one, view, width));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, AnalysisReport one, IReadOnlyList<int> rows)
    {
        var (table, result) = (one.Table, one.Result);
        json.WriteStartObject();
        json.WriteString("metric", one.Metric);
        json.WriteNumber("rows", table.Rows);
        json.WriteStartArray("time");
        for (var at = 0; at < rows.Count; at++)
            json.WriteNumberValue(rows[at] == VisibleRows.Gap
                ? table.Times[rows[at - 1]] + Math.Max(1, table.StepMilliseconds)
                : table.Times[rows[at]]);
        json.WriteEndArray();
        WriteColumn(json, "value", rows, table.Column(one.Metric));
        WriteColumn(json, "expected", rows, result.Expected);
        WriteColumn(json, "lower", rows, result.Lower);
        WriteColumn(json, "upper", rows, result.Upper);
        WriteColumn(json, "behind", rows, isBehind ? LastWeek.Of(report, one.Metric, zone) : null);
        WriteAnomalies(json, rows, result);
        WriteIncidents(json, result.Incidents);
        json.WriteEndObject();
    }

    private static void WriteAnomalies(Utf8JsonWriter json, IReadOnlyList<int> rows, DetectionResult result)
    {
        int[] anomalous = [.. Enumerable.Range(0, rows.Count).Where(at => rows[at] != VisibleRows.Gap && result.Anomalies[rows[at]])];
        json.WriteStartArray("anomalous");
        foreach (var at in anomalous)
            json.WriteNumberValue(at);
        json.WriteEndArray();
        json.WriteStartArray("reasons");
        foreach (var at in anomalous)
            json.WriteStringValue(result.ReasonOf(rows[at]));
        json.WriteEndArray();
    }

    private static void WriteIncidents(Utf8JsonWriter json, IReadOnlyList<Incident> incidents)
    {
        json.WriteStartArray("incidents");
        foreach (var incident in incidents)
        {
            json.WriteStartObject();
            json.WriteNumber("start", incident.Start);
            json.WriteNumber("end", incident.End);
            json.WriteString("kind", Terminal.IncidentWords.Kind(incident.Kind));
            json.WriteString("shape", Words.Shape(incident.Kind));
            json.WriteNumber("severity", Math.Round(incident.Severity));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, string name, IReadOnlyList<int> rows, double[]? values)
    {
        if (values is null)
            json.WriteNull(name);
        else
            WriteColumn(json, name, rows, values.AsSpan());
    }

    private static void WriteColumn(Utf8JsonWriter json, string name, IReadOnlyList<int> rows, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            if (row == VisibleRows.Gap || !double.IsFinite(values[row]))
                json.WriteNullValue();
            else
                json.WriteNumberValue(Rounded(values[row]));
        }
        json.WriteEndArray();
    }

    internal static double Rounded(double value)
    {
        const int Digits = 5;
        if (value == 0)
            return 0;
        var digits = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (digits is >= 0 and <= 15)
            return Math.Round(value, digits);
        var unit = Math.Pow(10, -digits);
        return digits < 0 ? Math.Round(value / unit) * unit : value;
    }
}
