using System.Text.Json;

namespace AiOutliers.Druid.Responses;

/// <summary>Tells the form of an answer's rows.</summary>
internal static class JsonRowForms
{
    /// <summary>What the first element's names tell; the reader is a copy.</summary>
    public static JsonRowForm Of(Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartArray)
            return JsonRowForm.Array;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            if (name == "result" && json.TokenType == JsonTokenType.StartObject)
                return JsonRowForm.Timeseries;
            if (name == "result" && json.TokenType == JsonTokenType.StartArray)
                return JsonRowForm.TopN;
            if (name == "event" && json.TokenType == JsonTokenType.StartObject)
                return JsonRowForm.Event;
            if (name == "events" && json.TokenType == JsonTokenType.StartArray)
                return JsonRowForm.Scan;
            json.Skip();
        }
        return JsonRowForm.Flat;
    }
}
