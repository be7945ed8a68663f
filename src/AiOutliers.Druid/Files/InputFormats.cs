using System.Text.Json;

namespace AiOutliers.Druid.Files;

/// <summary>Tells the format of a file by how it begins.</summary>
internal static class InputFormats
{
    private static readonly string[] NamesOfRows =
        ["timestamp", "__time", "time", "ts", "t", "datetime", "date", "@timestamp", "event", "result", "events"];

    /// <param name="head">The first bytes, without a byte order mark and blanks.</param>
    public static InputFormat Of(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return InputFormat.Empty;
        if (head.StartsWith("PAR1"u8))
            return InputFormat.Parquet;
        return head[0] switch
        {
            (byte)'[' => OfArray(head[1..].TrimStart(" \t\r\n"u8)),
            (byte)'{' => OfObject(head),
            _ => InputFormat.Csv,
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
        if (names.Contains("errorMessage") || names.Contains("errorClass") || names.Contains("errorCode"))
            return InputFormat.DruidError;
        return NamesOfRows.Any(names.Contains) ? InputFormat.JsonLines : InputFormat.DruidQuery;
    }

    /// <summary>The names of the first object, as far as the head reaches.</summary>
    private static HashSet<string> Names(ReadOnlySpan<byte> head)
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
}
