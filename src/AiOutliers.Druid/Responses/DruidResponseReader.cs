using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Reads a Druid timeseries response, <c>[{"timestamp":"…","result":{"bytes":1,…}},…]</c>, from UTF-8 straight into columns. Numbers may be
/// integers, floats, null, or the strings "NaN", "Infinity" and "-Infinity"; the last four are missing values.
/// </summary>
public static class DruidResponseReader
{
    /// <summary>Rows that room is made for at once: six weeks at one minute.</summary>
    private const int MostExpected = 60_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="AiOutliersException">The text is no such response; the message names the row and what is wrong with it.</exception>
    public static MetricTable Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
            throw Wrong("the data is empty; a Druid timeseries response is expected");
        var builder = new MetricTableBuilder();
        var json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 8 });
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
                throw Wrong("the data is no JSON array; a Druid timeseries response is expected");
            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                new RowReader(builder).Read(ref json);
                // Rows are about as long as each other: room for a tenth more than the first one lets expect.
                if (builder.Rows == 1)
                    builder.Expect((int)Math.Min(MostExpected, 1.1 * utf8.Length / json.BytesConsumed));
            }
            if (json.TokenType != JsonTokenType.EndArray)
                throw Wrong($"row {builder.Rows + 1} of the data is no JSON object");
            if (json.Read())
                throw Wrong("the data goes on after the closing ']'");
        }
        catch (JsonException error)
        {
            throw Wrong($"the data is no valid JSON (near row {builder.Rows + 1}, line {error.LineNumber + 1}, byte {error.BytePositionInLine})", error);
        }
        catch (InvalidOperationException error)
        {
            // Thrown by Utf8JsonReader for names and strings that are valid JSON but no text: broken UTF-8, half of a surrogate pair.
            throw Wrong($"row {builder.Rows + 1} of the data holds text that is no valid UTF-8", error);
        }
        return builder.Build();
    }

    internal static AiOutliersException Wrong(string message, Exception? inner = null) => new(ErrorKind.BadInput, message, inner);
}
