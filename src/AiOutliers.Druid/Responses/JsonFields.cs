using System.Text;
using System.Text.Json;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Puts the fields of a row into a <see cref="SeriesSetBuilder"/>: each is a metric, a dimension, the time, or left out with a warning.
/// </summary>
internal sealed class JsonFields(SeriesSetBuilder builder, AnswerLayout layout)
{
    private readonly List<JsonField> _fields = [];

    /// <summary>The field of this name; rows have theirs in the same order, so that the next one is nearly always right.</summary>
    /// <param name="json">At the name.</param>
    /// <param name="expected">Where to look first.</param>
    public JsonField Find(ref Utf8JsonReader json, ref int expected)
    {
        if (expected < _fields.Count && json.ValueTextEquals(_fields[expected].Utf8))
            return _fields[expected++];
        var found = Find(json.GetString()!);
        expected = _fields.IndexOf(found) + 1;
        return found;
    }

    public JsonField Find(string name)
    {
        foreach (var known in _fields)
        {
            if (known.Name == name)
                return known;
        }
        var field = new JsonField(name, Encoding.UTF8.GetBytes(name));
        if (layout.Dimensions?.Contains(name) == true)
            Become(field, JsonFieldKind.Dimension);
        _fields.Add(field);
        return field;
    }

    public void Become(JsonField field, JsonFieldKind kind)
    {
        field.Kind = kind;
        field.Position = kind switch
        {
            JsonFieldKind.Metric => builder.ColumnOf(field.Name),
            JsonFieldKind.Dimension => builder.DimensionOf(field.Name),
            _ => 0,
        };
    }

    /// <summary>A field that was null in every row is a metric without values.</summary>
    public void Finish()
    {
        foreach (var field in _fields.Where(static field => field.Kind == JsonFieldKind.Unknown))
            Become(field, JsonFieldKind.Metric);
    }

    /// <summary>Takes one value of the current row.</summary>
    public void Take(ref Utf8JsonReader json, JsonField field)
    {
        // Where the dimensions are known, null is a metric that has no value yet.
        if (field.Kind == JsonFieldKind.Unknown && (json.TokenType != JsonTokenType.Null || layout.Dimensions is not null))
            Become(field, KindOf(ref json));
        if (field.Kind == JsonFieldKind.Dimension)
            TakeDimension(ref json, field);
        else if (field.Kind == JsonFieldKind.Metric)
            TakeMetric(ref json, field);
        if (field.Kind == JsonFieldKind.LeftOut)
        {
            if (layout.IsStrict && json.TokenType == JsonTokenType.String)
            {
                throw DruidResponseReader.Wrong($"'{field.Name}' is a dimension of the rows, too: rows of different series would be mixed; "
                    + "name it in by, or leave it out of the rows");
            }
            builder.Warn($"'{field.Name}' is left out: it holds something other than numbers.");
            json.Skip();
        }
    }

    /// <summary>What the first value that is not null makes of a field.</summary>
    private JsonFieldKind KindOf(ref Utf8JsonReader json) => JsonNumber.TryRead(ref json, out _)
        ? JsonFieldKind.Metric
        : layout.Dimensions is null && json.TokenType is JsonTokenType.String or JsonTokenType.True or JsonTokenType.False
            ? JsonFieldKind.Dimension
            : JsonFieldKind.LeftOut;

    private void TakeMetric(ref Utf8JsonReader json, JsonField field)
    {
        if (JsonNumber.TryRead(ref json, out var value) || JsonNumber.TryReadQuoted(ref json, out value))
            builder.Set(field.Position, value);
        else if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || builder.Rows == 0)
            field.Kind = JsonFieldKind.LeftOut;
        else
            throw DruidResponseReader.Wrong($"'{field.Name}' of row {builder.Rows + 1} is not a number: {Shown(ref json)}");
    }

    private void TakeDimension(ref Utf8JsonReader json, JsonField field)
    {
        if (json.TokenType == JsonTokenType.String && json.ValueIsEscaped)
        {
            builder.SetKey(field.Position, Encoding.UTF8.GetBytes(json.GetString()!));
        }
        else if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            using var value = JsonDocument.ParseValue(ref json);
            builder.SetKey(field.Position, Encoding.UTF8.GetBytes(value.RootElement.GetRawText()));
        }
        else if (json.TokenType != JsonTokenType.Null)
        {
            builder.SetKey(field.Position, json.ValueSpan);
        }
    }

    private static string Shown(ref Utf8JsonReader json)
    {
        var text = Encoding.UTF8.GetString(json.ValueSpan);
        return text.Length <= 40 ? $"'{text}'" : $"'{text[..40]}…'";
    }
}
