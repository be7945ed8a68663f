using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Reads the answer of Prometheus to a range query as it arrives:
/// <c>{"status":"success","data":{"resultType":"matrix","result":[{"metric":{…},"values":[[1709251200,"1"],…]},…]}}</c>.
/// Each set of labels is a series; the metric is <c>__name__</c>, or <c>value</c> where the query computed one.
/// </summary>
public sealed class PrometheusReader
{
    private readonly SeriesSetBuilder _builder = new() { MergesEqualTimes = true };
    private readonly IReadOnlyList<string>? _by;
    private readonly List<(int Dimension, byte[] Value)> _labels = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private string _metric = "";
    private int _sets;
    private bool _hasHistograms;

    private PrometheusReader(IReadOnlyList<string>? by) => _by = by;

    /// <param name="stream">UTF-8 without a byte order mark.</param>
    /// <param name="by">The labels that make the key; null takes all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">It is another answer, or damaged.</exception>
    public static async Task<SeriesSet> ReadAsync(Stream stream, IReadOnlyList<string>? by, CancellationToken cancellation)
    {
        var reader = new PrometheusReader(by);
        try
        {
            var elements = new JsonElements(stream, lines: false, member: "result");
            await elements.ReadAsync(reader.Read, cancellation);
            elements.Notes.ForEach(note => reader._builder.Warn($"Prometheus says: {note}"));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw DruidResponseReader.Wrong($"the answer of Prometheus is not valid JSON (in series {reader._sets + 1})", error);
        }
        return reader.Build();
    }

    private SeriesSet Build()
    {
        if (_by?.FirstOrDefault(label => !_names.Contains(label)) is { } unknown)
            throw DruidResponseReader.Wrong($"no series has the label '{unknown}'; there are: {string.Join(", ", _names)}");
        if (_builder.Rows == 0 && _hasHistograms)
            throw DruidResponseReader.Wrong($"the answer has native histograms only; {PrometheusWords.Histograms}");
        if (_hasHistograms)
            _builder.Warn($"Native histograms are left out; {PrometheusWords.Histograms}.");
        var series = _builder.Build();
        if (_by is not null && series.Count * _builder.Metrics.Count < _sets)
            throw DruidResponseReader.Wrong(
                $"{Counted.Series(_sets)} have {Counted.Of(series.Count, "value")} of {string.Join(", ", _by)}; "
                    + "add the labels that tell them apart, or sum in the query: sum by (…) (…)");
        return _by is null ? series.WithoutSharedDimensions() : series;
    }

    private void Read(ReadOnlySpan<byte> element)
    {
        var json = new Utf8JsonReader(element);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw PrometheusWords.Instant();
        _sets++;
        _labels.Clear();
        _metric = "value";
        var values = default(Utf8JsonReader);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isLabels, isValues) = (json.ValueTextEquals("metric"u8), json.ValueTextEquals("values"u8));
            if (json.ValueTextEquals("value"u8))
                throw PrometheusWords.Instant();
            if (json.ValueTextEquals("histograms"u8))
                _hasHistograms = true;
            json.Read();
            if (isLabels)
                ReadLabels(ref json);
            else if (isValues)
                values = json;
            json.Skip();
        }
        ReadValues(ref values);
    }

    private void ReadLabels(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            var value = json.GetString() ?? "";
            if (name == "__name__")
                _metric = value;
            _names.Add(name);
            if (_by?.Contains(name) ?? name != "__name__")
                _labels.Add((_builder.DimensionOf(name), Encoding.UTF8.GetBytes(value)));
        }
    }

    /// <summary>Pairs of a time in seconds and a number in quotes.</summary>
    private void ReadValues(ref Utf8JsonReader json)
    {
        var column = _builder.ColumnOf(_metric);
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            if (!json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out var seconds) || !json.Read()
                || !PrometheusNumber.TryRead(json, out var value))
                throw DruidResponseReader.Wrong($"series {_sets} has a value that is not a pair of a time and a number");
            json.Read();
            _builder.Set(column, value);
            foreach (var (dimension, label) in _labels)
                _builder.SetKey(dimension, label);
            _builder.AddRow((long)Math.Round(seconds * 1000), timestamp: null);
        }
    }
}
