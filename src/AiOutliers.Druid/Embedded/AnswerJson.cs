using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Embedded;

/// <summary>Writes answers in the shapes of Druid's broker.</summary>
internal static class AnswerJson
{
    public static byte[] Timeseries(AggregatedQuery query, IReadOnlyList<TimeseriesRow> rows) => Write(json =>
    {
        foreach (var row in rows)
        {
            json.WriteStartObject();
            if (row.Time is { } time)
                json.WriteString("timestamp", query.Buckets.Format(time));
            else
                json.WriteNull("timestamp");
            json.WriteStartObject("result");
            for (var i = 0; i < query.Names.Count; i++)
                WriteValue(json, query.Names[i], row.Values.Span[i]);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    });

    public static byte[] TopN(AggregatedQuery query, (List<object?[]> Rows, string Dimension) answer) => Write(json =>
    {
        var names = new[] { answer.Dimension }.Concat(query.Names).ToArray();
        var buckets = answer.Rows.ToLookup(row => TimeOf(query, row, query.Time.OfAll));
        // Every bucket where there is data has its place, even when the filter lets nothing through.
        IEnumerable<long> times = !query.Buckets.IsAll ? query.Time.AllBuckets() : query.Time.Parts.Count > 0 ? [query.Time.OfAll] : [];
        foreach (var time in times)
        {
            json.WriteStartObject();
            json.WriteString("timestamp", query.Buckets.Format(time));
            json.WriteStartArray("result");
            foreach (var row in buckets[time])
                WriteObject(json, names, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    });

    public static byte[] GroupBy(
        AggregatedQuery query, (List<object?[]> Rows, IReadOnlyList<string> Dimensions) answer, bool asArray) => Write(json =>
    {
        var names = answer.Dimensions.Concat(query.Names).ToArray();
        foreach (var row in answer.Rows)
        {
            if (asArray)
            {
                json.WriteStartArray();
                foreach (var value in row)
                    WriteValue(json, null, value);
                json.WriteEndArray();
                continue;
            }
            json.WriteStartObject();
            json.WriteString("version", "v1");
            json.WriteString("timestamp", query.Buckets.Format(TimeOf(query, row, query.Intervals[0].Start)));
            json.WritePropertyName("event");
            WriteObject(json, names, row);
            json.WriteEndObject();
        }
    });

    public static byte[] TimeBoundary(Interval? found, string? bound) => Write(json =>
    {
        if (found is not { } times)
            return;
        json.WriteStartObject();
        json.WriteString("timestamp", CanonicalTimestamp.Of(bound == "maxTime" ? times.End : times.Start));
        json.WriteStartObject("result");
        if (bound != "maxTime")
            json.WriteString("minTime", CanonicalTimestamp.Of(times.Start));
        if (bound != "minTime")
            json.WriteString("maxTime", CanonicalTimestamp.Of(times.End));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static long TimeOf(AggregatedQuery query, object?[] row, long ofAll) => query.Buckets.IsAll ? ofAll : (long)row[0]!;

    /// <summary>The names belong to the last values of the row; a bucket may stand before them.</summary>
    private static void WriteObject(Utf8JsonWriter json, string[] names, object?[] row)
    {
        json.WriteStartObject();
        for (var i = 0; i < names.Length; i++)
            WriteValue(json, names[i], row[row.Length - names.Length + i]);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string? name, object? value)
    {
        if (name is not null)
            json.WritePropertyName(name);
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case double number: json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)); break;
            default: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            rows(json);
            json.WriteEndArray();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
