using System.Buffers.Text;
using System.Globalization;
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
            await new JsonElements(stream, lines: false, member: "result").ReadAsync(reader.Read, cancellation);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw DruidResponseReader.Wrong($"the answer of Prometheus is not valid JSON (in series {reader._sets + 1})", error);
        }
        return reader.Build();
    }

    /// <summary>Prometheus' own words about what failed.</summary>
    public static AiOutliersException Error(string name, ReadOnlySpan<byte> body)
    {
        var words = "without a reason";
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            words = json.RootElement.TryGetProperty("error", out var error) ? error.ToString() : words;
        }
        catch (JsonException)
        {
            // Cut off: that it is an error is known all the same.
        }
        return DruidResponseReader.Wrong($"{name} holds an error of Prometheus instead of rows: {words}");
    }

    private SeriesSet Build()
    {
        if (_by?.FirstOrDefault(label => !_names.Contains(label)) is { } unknown)
            throw DruidResponseReader.Wrong($"no series has the label '{unknown}'; there are: {string.Join(", ", _names)}");
        var series = _builder.Build();
        if (_by is not null && series.Count * _builder.Metrics.Count < _sets)
            throw DruidResponseReader.Wrong(
                $"{_sets} series have {series.Count} values of {string.Join(", ", _by)}; add the labels that tell them apart, "
                    + "or sum in the query: sum by (…) (…)");
        return _by is null ? series.WithoutSharedDimensions() : series;
    }

    private void Read(ReadOnlySpan<byte> element)
    {
        var json = new Utf8JsonReader(element);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw Instant();
        _sets++;
        _labels.Clear();
        _metric = "value";
        var values = default(Utf8JsonReader);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isLabels, isValues) = (json.ValueTextEquals("metric"u8), json.ValueTextEquals("values"u8));
            if (json.ValueTextEquals("value"u8))
                throw Instant();
            if (json.ValueTextEquals("histograms"u8))
                _builder.Warn("Native histograms are left out; histogram_quantile() or rate() of their sum makes numbers of them.");
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
                || !TryNumber(json, out var value))
                throw DruidResponseReader.Wrong($"series {_sets} has a value that is not a pair of a time and a number");
            json.Read();
            _builder.Set(column, value);
            foreach (var (dimension, label) in _labels)
                _builder.SetKey(dimension, label);
            _builder.AddRow((long)Math.Round(seconds * 1000), timestamp: null);
        }
    }

    private static bool TryNumber(in Utf8JsonReader json, out double value)
    {
        value = double.NaN;
        if (json.TokenType == JsonTokenType.Number)
            return json.TryGetDouble(out value);
        if (json.TokenType != JsonTokenType.String)
            return json.TokenType == JsonTokenType.Null;
        if (Utf8Parser.TryParse(json.ValueSpan, out value, out var read) && read == json.ValueSpan.Length)
            return true;
        value = double.NaN;
        return json.ValueSpan.EndsWith("Inf"u8) || json.ValueTextEquals("NaN"u8)
            || double.TryParse(json.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static AiOutliersException Instant() => DruidResponseReader.Wrong(
        "this is the answer of Prometheus to an instant query, one value a series; ask for a range: "
            + "/api/v1/query_range with start, end and step");
}
