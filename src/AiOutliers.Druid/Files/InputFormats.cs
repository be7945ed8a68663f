using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiOutliers.Druid.Files;

/// <summary>Tells the format of a file by how it begins.</summary>
internal static partial class InputFormats
{
    private static readonly string[] NamesOfRows =
        ["timestamp", "__time", "time", "ts", "t", "datetime", "date", "@timestamp", "event", "result", "events"];

    private static readonly string[] NamesOfQueries = ["queryType", "dataSource", "intervals", "granularity", "aggregations"];

    /// <param name="head">The first bytes, without a byte order mark and blanks.</param>
    public static InputFormat Of(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return InputFormat.Empty;
        if (head.StartsWith("PAR1"u8))
            return InputFormat.Parquet;
        if (head[0] is (byte)'[' or (byte)'{' && NfdumpJson().IsMatch(Encoding.UTF8.GetString(head)))
            return InputFormat.Nfdump;
        return head[0] switch
        {
            (byte)'[' => OfArray(head[1..].TrimStart(" \t\r\n"u8)),
            (byte)'{' => OfObject(head),
            _ => OfText(Encoding.UTF8.GetString(head)),
        };
    }

    /// <summary>Rows as arrays, one in a line, begin with a value.</summary>
    private static InputFormat OfArray(ReadOnlySpan<byte> inside) =>
        inside is [(byte)'{' or (byte)'[' or (byte)']', ..] or [] ? InputFormat.JsonArray : InputFormat.JsonLines;

    private static InputFormat OfObject(ReadOnlySpan<byte> head)
    {
        var names = Names(head);
        if (names.Contains("queryType"))
            return InputFormat.DruidQuery;
        if (names.Contains("status") && names.Contains("errorType"))
            return InputFormat.PrometheusError;
        var hasTime = NamesOfRows.Any(names.Contains);
        if (names.Contains("status") && names.Contains("data") && !hasTime || names.Contains("resultType"))
            return InputFormat.Prometheus;
        if (names.Contains("errorMessage") || names.Contains("errorClass") || names.Contains("errorCode"))
            return InputFormat.DruidError;
        if (hasTime)
            return InputFormat.JsonLines;
        if (names.Contains("query") && !names.Contains("dataSource"))
            return InputFormat.Sql;
        return names.Count == 0 || NamesOfQueries.Any(names.Contains) ? InputFormat.DruidQuery : InputFormat.OtherObject;
    }

    private static InputFormat OfText(string head)
    {
        if (head.Contains('\0', StringComparison.Ordinal))
            return InputFormat.Binary;
        if (Sql().IsMatch(head))
            return InputFormat.Sql;
        if (InfluxAnnotation().IsMatch(head))
            return InputFormat.InfluxCsv;
        if (NfdumpHeader().IsMatch(head))
            return InputFormat.Nfdump;
        if (head.StartsWith("Date first seen", StringComparison.Ordinal) || NfdumpStatistic().IsMatch(head))
            return InputFormat.NfdumpList;
        var first = head.Split('\n').FirstOrDefault(static line => line.Trim() is [not '#', ..]);
        return first is not null && LineProtocol.Is(first.TrimEnd('\r')) ? InputFormat.LineProtocol : InputFormat.Csv;
    }

    /// <summary>The names of the first object, as far as the head reaches.</summary>
    public static HashSet<string> Names(ReadOnlySpan<byte> head)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new() { AllowMultipleValues = true }));
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(json.GetString()!);
                if (!json.Read() || !json.TrySkip())
                    break;
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader of the whole says what is wrong.
        }
        return names;
    }

    /// <summary>Behind comments.</summary>
    [GeneratedRegex(@"^(\s|--[^\n]*\n|/\*.*?\*/)*(SELECT|WITH|EXPLAIN|INSERT)\s", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Sql();

    [GeneratedRegex("^#(group|datatype|default),")]
    private static partial Regex InfluxAnnotation();

    [GeneratedRegex(@"^\[?\s*\{\s*""type""\s*:\s*""FLOW""")]
    private static partial Regex NfdumpJson();

    /// <summary>A row for each address or port, of all the time.</summary>
    [GeneratedRegex(@"^ts,te,td,pr,val,fl,")]
    private static partial Regex NfdumpStatistic();

    /// <summary>A flow in each line: when it began, who sent it, and how much.</summary>
    [GeneratedRegex(@"^(?=[^\n]*\b(ts|firstSeen)\b)(?=[^\n]*\b(sa|srcAddr)\b)(?=[^\n]*\b(ibyt|bytes)\b)[^\n]*,")]
    private static partial Regex NfdumpHeader();
}
