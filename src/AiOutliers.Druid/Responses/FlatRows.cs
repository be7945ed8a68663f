using System.Text.Json;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>Rows whose time is a field like the others, as objects or as arrays: Druid SQL, scan, JSON Lines.</summary>
internal sealed class FlatRows(SeriesSetBuilder builder, AnswerLayout layout)
{
    private readonly JsonFields _fields = new(builder, layout);
    private IReadOnlyList<string>? _names = layout.Columns;
    private JsonField? _time;

    private int Number => builder.Rows + 1;

    public void ReadObject(ref Utf8JsonReader json)
    {
        // Druid SQL can give the columns first, with their types or with nothing.
        if (_time is null && RowHeaders.IsObject(json))
        {
            json.Skip();
            return;
        }
        _time ??= AsTime(FlatTimes.NameOf(json) ?? throw DruidResponseReader.Wrong(
            $"row {Number} of the data has no time; a field timestamp or __time, or a Druid timeseries response, is expected"));
        var (expected, time, isTimed) = (0, 0L, false);
        string? text = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = _fields.Find(ref json, ref expected);
            json.Read();
            if (field.Kind == JsonFieldKind.Time)
                isTimed = ReadTime(ref json, field, out time, out text);
            else
                _fields.Take(ref json, field);
        }
        Add(isTimed, time, text);
    }

    /// <summary>Values in the order of the names; the first array may hold the names itself.</summary>
    public void ReadArray(ref Utf8JsonReader json)
    {
        // The first array may hold the names, the next one their types. Where a query tells the names, there is no header.
        if (_time is null && layout.Columns is null && RowHeaders.IsArray(json))
        {
            if (_names is null)
                ReadNames(ref json);
            else
                json.Skip();
            return;
        }
        _time ??= FlatTimes.PositionOf(json, _names) is { } place
            ? AsTime(NameAt(place))
            : throw DruidResponseReader.Wrong($"row {Number} of the data has no time");
        var (position, time, isTimed) = (0, 0L, false);
        string? text = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var field = _fields.Find(NameAt(position++));
            if (field.Kind == JsonFieldKind.Time)
                isTimed = ReadTime(ref json, field, out time, out text);
            else
                _fields.Take(ref json, field);
        }
        Add(isTimed, time, text);
    }

    /// <summary>After the last row.</summary>
    public void Finish() => _fields.Finish();

    /// <summary>An array of rows.</summary>
    public void ReadAll(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                ReadObject(ref json);
            else
                ReadArray(ref json);
        }
    }

    public void ReadNames(ref Utf8JsonReader json)
    {
        var names = new List<string>();
        while (json.Read() && json.TokenType == JsonTokenType.String)
            names.Add(json.GetString()!);
        _names = names;
    }

    private void Add(bool isTimed, long time, string? text)
    {
        if (!isTimed)
            throw DruidResponseReader.Wrong($"row {Number} of the data has no '{_time!.Name}', which is the time of the others");
        builder.AddRow(time, text);
    }

    private bool ReadTime(ref Utf8JsonReader json, JsonField field, out long time, out string? text)
    {
        if (!JsonTime.TryRead(ref json, out time, out text))
            throw DruidResponseReader.Wrong($"'{field.Name}' of row {Number} is not a time: {TimeProblem.Of(text)}");
        if (layout.Clock is { } clock)
            time = text is not null && Timestamps.IsLocal(text) ? clock.ToInstant(time) : clock.Pass(time);
        return true;
    }

    private string NameAt(int position) => _names is { } names && position < names.Count ? names[position] : $"column{position + 1}";

    private JsonField AsTime(string name)
    {
        var field = _fields.Find(name);
        _fields.Become(field, JsonFieldKind.Time);
        return field;
    }
}
