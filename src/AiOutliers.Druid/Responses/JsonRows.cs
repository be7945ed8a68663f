using System.Text.Json;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>Reads the elements of an answer, each one row or several, into a <see cref="SeriesSetBuilder"/>.</summary>
internal sealed class JsonRows(SeriesSetBuilder builder, AnswerLayout layout)
{
    private readonly FlatRows _flat = new(builder, layout);
    private JsonFields _fields = new(builder, layout);
    private JsonRowForm? _form;

    /// <summary>Whether texts beside the metrics are known to be dimensions.</summary>
    public bool HasCertainDimensions =>
        layout.Dimensions is not null || _form is JsonRowForm.Event or JsonRowForm.Timeseries or JsonRowForm.TopN;

    private int Number => builder.Rows + 1;

    public void Read(ReadOnlySpan<byte> element)
    {
        var json = new Utf8JsonReader(element, new JsonReaderOptions { MaxDepth = 64 });
        json.Read();
        var form = _form ??= Begin(JsonRowForms.Of(json));
        if (json.TokenType != (form == JsonRowForm.Array ? JsonTokenType.StartArray : JsonTokenType.StartObject))
            throw DruidResponseReader.Wrong($"row {Number} of the data is not a JSON {(form == JsonRowForm.Array ? "array" : "object")}");
        switch (form)
        {
            case JsonRowForm.Array: _flat.ReadArray(ref json); break;
            case JsonRowForm.Flat: _flat.ReadObject(ref json); break;
            case JsonRowForm.Scan: ReadScan(ref json); break;
            default: ReadTimed(ref json); break;
        }
    }

    /// <summary>After the last element.</summary>
    public void Finish()
    {
        _fields.Finish();
        _flat.Finish();
    }

    private JsonRowForm Begin(JsonRowForm form)
    {
        if (form == JsonRowForm.Timeseries && layout.Dimensions is null)
            _fields = new(builder, layout with { Dimensions = [] });
        return form;
    }

    /// <summary>A row of a timeseries or groupBy, or the rows of one bucket of a topN. The values may stand before the time.</summary>
    private void ReadTimed(ref Utf8JsonReader json)
    {
        var (hasTime, isTotal, hasValues, time) = (false, false, false, 0L);
        string? text = null;
        var values = default(Utf8JsonReader);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isTime = json.ValueTextEquals("timestamp"u8);
            var isValues = json.ValueTextEquals("result"u8) || json.ValueTextEquals("event"u8);
            json.Read();
            if (isTime)
            {
                (hasTime, isTotal) = (true, json.TokenType == JsonTokenType.Null);
                if (!isTotal && !JsonTime.TryRead(ref json, out time, out text))
                    throw DruidResponseReader.Wrong($"the timestamp of row {Number} is not an ISO 8601 time");
            }
            else if (isValues)
            {
                hasValues = true;
                values = json;
            }
            json.Skip();
        }
        if (!hasTime || !hasValues)
            throw DruidResponseReader.Wrong($"row {Number} has no {(hasTime ? "result" : "timestamp")}");
        // The row of grandTotal has a null timestamp: it does not belong to the series.
        if (!isTotal)
            ReadValues(ref values, time, text);
    }

    private void ReadValues(ref Utf8JsonReader json, long time, string? text)
    {
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                ReadValues(ref json, time, text);
            return;
        }
        if (json.TokenType != JsonTokenType.StartObject)
            throw DruidResponseReader.Wrong($"the result of row {Number} is not a JSON object");
        var expected = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = _fields.Find(ref json, ref expected);
            json.Read();
            _fields.Take(ref json, field);
        }
        builder.AddRow(time, text);
    }

    private void ReadScan(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isColumns, isEvents) = (json.ValueTextEquals("columns"u8), json.ValueTextEquals("events"u8));
            json.Read();
            if (isColumns)
                _flat.ReadNames(ref json);
            else if (isEvents)
                _flat.ReadAll(ref json);
            else
                json.Skip();
        }
    }
}
