using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>Reads one row of a timeseries response. The result may stand before the timestamp: it is then read again after it.</summary>
internal readonly ref struct RowReader(MetricTableBuilder builder)
{
    /// <summary>Longer than any metric's, written with escapes.</summary>
    private const int LongestName = 6000;

    private int Number { get; } = builder.Rows + 1;

    public void Read(ref Utf8JsonReader json)
    {
        var (hasResult, hasTimestamp, isTotal, isLate) = (false, false, false, false);
        var result = default(Utf8JsonReader);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("timestamp"u8))
            {
                json.Read();
                hasTimestamp = true;
                isTotal = json.TokenType == JsonTokenType.Null;
                if (!isTotal)
                    AddRow(ref json);
            }
            else if (json.ValueTextEquals("result"u8))
            {
                json.Read();
                if (json.TokenType != JsonTokenType.StartObject)
                    throw NotTimeseries($"the result of row {Number} is not a JSON object");
                hasResult = true;
                if (hasTimestamp && !isTotal)
                {
                    ReadResult(ref json);
                    continue;
                }
                isLate = true;
                result = json;
                json.Skip();
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
        if (!hasTimestamp)
            throw NotTimeseries($"row {Number} has no timestamp");
        if (!hasResult)
            throw NotTimeseries($"row {Number} has no result");
        // The row of grandTotal has a null timestamp: it does not belong to the series.
        if (isLate && !isTotal)
            ReadResult(ref result);
    }

    private static AiOutliersException NotTimeseries(string what) =>
        DruidResponseReader.Wrong($"{what}; only timeseries responses are understood");

    private void AddRow(ref Utf8JsonReader json)
    {
        // Druid's own form is read from the bytes. Its text can be made again, so no string is kept.
        var isPlain = json is { TokenType: JsonTokenType.String, ValueIsEscaped: false };
        if (isPlain && CanonicalTimestamp.TryParse(json.ValueSpan, out var exact))
        {
            builder.AddRow(exact, null);
            return;
        }
        var text = json.TokenType switch
        {
            JsonTokenType.String => json.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(json.ValueSpan),
            _ => throw DruidResponseReader.Wrong($"the timestamp of row {Number} is not a string"),
        };
        if (json.TokenType == JsonTokenType.String && text.EndsWith('Z') && json.TryGetDateTimeOffset(out var instant))
            builder.AddRow(instant.ToUnixTimeMilliseconds(), text);
        else if (Timestamps.TryParse(text, out var time))
            builder.AddRow(time, text);
        else
            throw DruidResponseReader.Wrong($"the timestamp of row {Number} is not an ISO 8601 time");
    }

    private void ReadResult(ref Utf8JsonReader json)
    {
        var expected = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            // Druid writes the metrics of every row in the same order: the next column is nearly always the right one.
            var isExpected = builder.Utf8Metric(expected) is { IsEmpty: false } name && json.ValueTextEquals(name);
            var column = isExpected ? expected : builder.ColumnOf(Name(ref json));
            expected = column + 1;
            json.Read();
            builder.Set(column, Value(ref json, column));
        }
    }

    /// <summary>A text of a megabyte is not even made.</summary>
    private static string Name(ref Utf8JsonReader json) => json.ValueSpan.Length <= LongestName
        ? json.GetString()!
        : throw DruidResponseReader.Wrong($"a name has {json.ValueSpan.Length} bytes, more than a metric's may have");

    private double Value(ref Utf8JsonReader json, int column) => JsonNumber.TryRead(ref json, out var value)
        ? value
        : throw DruidResponseReader.Wrong($"'{builder.Metrics[column]}' of row {builder.Rows} is not a number");
}
