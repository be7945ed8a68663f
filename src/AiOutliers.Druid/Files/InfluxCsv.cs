using System.Globalization;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads InfluxDB's annotated CSV: tables one after another, each with lines <c>#group</c>, <c>#datatype</c>, <c>#default</c> before its
/// header. <c>_time</c> is the time, <c>_field</c> names the metric of <c>_value</c>, other numbers are metrics, other texts are tags.
/// </summary>
internal sealed class InfluxCsv
{
    private readonly SeriesSetBuilder _builder = new() { MergesEqualTimes = true };
    private readonly TagDimensions _tags;
    private readonly CsvRecords _records;
    private readonly string _name;
    private InfluxColumn[] _columns = [];
    private string[] _types = [];
    private string[] _defaults = [];

    private InfluxCsv(TextReader text, string name, InputOptions options) =>
        (_records, _name, _tags) = (new(text), name, new(_builder, options.By));

    public static SeriesSet Read(Stream stream, string name, InputOptions options, CancellationToken cancellation)
    {
        using var text = new StreamReader(stream, Encoding.UTF8);
        var reader = new InfluxCsv(text, name, options);
        while (reader._records.Read() is { } record)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Take(record);
        }
        return reader._tags.Build(name);
    }

    private void Take(IReadOnlyList<string> record)
    {
        if (record is [""])
            _columns = [];
        else if (record[0].StartsWith('#'))
            Annotate(record);
        else if (_columns.Length == 0)
            _columns = Header(record);
        else
            AddRow(record);
    }

    private void Annotate(IReadOnlyList<string> record)
    {
        _columns = [];
        if (record[0] == "#datatype")
            _types = [.. record];
        else if (record[0] == "#default")
            _defaults = [.. record];
    }

    private InfluxColumn[] Header(IReadOnlyList<string> names)
    {
        if (names.Contains("error") && !names.Contains("_time"))
            throw Wrong("holds an error of InfluxDB instead of rows; it stands below");
        if (!names.Contains("_time"))
            throw Wrong("has no column _time; leave it in the query, or window with aggregateWindow()");
        return [.. names.Select((name, at) => InfluxColumn.Of(name, At(_types, at)))];
    }

    private void AddRow(IReadOnlyList<string> record)
    {
        var (time, field, value) = (0L, "value", "");
        var isTimed = false;
        var values = 0;
        for (var at = 0; at < _columns.Length; at++)
        {
            var text = Text(record, at);
            switch (_columns[at].Kind)
            {
                case InfluxColumnKind.Time: isTimed = Timestamps.TryParse(text, out time); break;
                case InfluxColumnKind.Field: field = text; break;
                case InfluxColumnKind.Value: value = text; break;
                case InfluxColumnKind.Metric: values += Set(_columns[at].Name, text); break;
            }
        }
        if (_columns.Any(static column => column.Kind == InfluxColumnKind.Value))
            values += Set(field, value);
        if (!isTimed)
            throw Wrong("has no time in _time");
        if (values > 0)
            EndRow(record, time);
    }

    private void EndRow(IReadOnlyList<string> record, long time)
    {
        for (var at = 0; at < _columns.Length; at++)
        {
            if (_columns[at].Kind == InfluxColumnKind.Tag)
                _tags.Set(_columns[at].Name, Text(record, at));
        }
        _builder.AddRow(time, timestamp: null);
    }

    private string Text(IReadOnlyList<string> record, int at) =>
        at < record.Count && record[at].Length > 0 ? record[at] : At(_defaults, at);

    private int Set(string metric, string text)
    {
        if (text.Length > 0 && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !MissingTexts.Is(text))
        {
            _builder.Warn($"'{metric}' is left out: it holds something other than numbers.");
            return 0;
        }
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        _builder.Set(_builder.ColumnOf(metric), isNumber ? value : double.NaN);
        return 1;
    }

    private static string At(string[] texts, int at) => at < texts.Length && !texts[at].StartsWith('#') ? texts[at] : "";

    private AiOutliersException Wrong(string what) => TableFileReader.Wrong($"line {_records.Line} of {_name} {what}");
}
