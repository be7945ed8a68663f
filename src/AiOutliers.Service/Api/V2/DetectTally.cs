using System.Text.Json;
using System.Xml;
using AiOutliers.Detection;

namespace AiOutliers.Service.Api.V2;

/// <summary>What an answer has of all series together.</summary>
internal sealed class DetectTally
{
    /// <summary>Further reasons are only counted.</summary>
    private const int MostReasons = 10, MostWarnings = 20;

    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private JudgedSeries? _first;
    private long _from = long.MaxValue, _to = long.MinValue, _historyFrom = long.MaxValue;
    private int _historyRows;
    private bool _isCached;

    public int Series { get; private set; }

    public int Judged { get; private set; }

    public int Anomalous { get; private set; }

    public long Rows { get; private set; }

    public long Anomalies { get; private set; }

    public string Detector => _first?.Detector ?? "none";

    public void Add(JudgedSeries series)
    {
        foreach (var metric in series.Metrics)
        {
            Series++;
            Judged += metric.IsJudged ? 1 : 0;
            Anomalous += metric.IsAnomalous ? 1 : 0;
            if (metric.Reason is { } reason && (_reasons.Count < MostReasons || _reasons.ContainsKey(reason)))
                _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }
        if (series.Detector is null)
            return;
        _first ??= series;
        (_from, _to) = (Math.Min(_from, series.From), Math.Max(_to, series.To));
        _historyFrom = Math.Min(_historyFrom, series.History.From ?? long.MaxValue);
        _historyRows = Math.Max(_historyRows, series.History.Rows);
        _isCached |= series.History.Cached;
        (Rows, Anomalies) = (Rows + series.Rows, Anomalies + series.Anomalies);
        Warn(series.Warnings);
    }

    /// <summary>Each once.</summary>
    public void Warn(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            if (_warnings.Count < MostWarnings && !_warnings.Contains(warning))
                _warnings.Add(warning);
        }
    }

    /// <summary>What stands before the series: what was judged, and by whom.</summary>
    public void WriteHead(Utf8JsonWriter json)
    {
        json.WriteString("detector", _first?.Detector);
        json.WriteString("model", _first?.Model);
        json.WriteString("granularity", _first?.Step > 0 ? XmlConvert.ToString(TimeSpan.FromMilliseconds(_first.Step)) : null);
        json.WriteStartObject("interval");
        WriteTime(json, "from", _from);
        WriteTime(json, "to", _to);
        json.WriteEndObject();
        json.WriteStartObject("history");
        WriteTime(json, "from", _historyFrom);
        json.WriteNumber("rows", _historyRows);
        json.WriteBoolean("cached", _isCached);
        json.WriteEndObject();
    }

    /// <summary>What stands after the series.</summary>
    public void WriteEnd(Utf8JsonWriter json, TimeSpan source, TimeSpan detection)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("series", Series);
        json.WriteNumber("judged", Judged);
        json.WriteNumber("anomalous", Anomalous);
        json.WriteEndObject();
        json.WriteStartArray("warnings");
        foreach (var warning in _warnings.Concat(_reasons.Select(static reason => Words(reason.Value, reason.Key))))
            json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteStartObject("milliseconds");
        json.WriteNumber("source", Math.Round(source.TotalMilliseconds, 1));
        json.WriteNumber("detection", Math.Round(detection.TotalMilliseconds, 1));
        json.WriteEndObject();
    }

    private static string Words(int count, string reason) =>
        $"{Counted.Series(count)} could not be judged: {reason}";

    private static void WriteTime(Utf8JsonWriter json, string name, long time)
    {
        if (time is long.MaxValue or long.MinValue)
            json.WriteNull(name);
        else
            json.WriteNumber(name, time);
    }
}
