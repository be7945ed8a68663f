using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Reads a Druid timeseries response, <c>[{"timestamp":"…","result":{"bytes":1,…}},…]</c>, from UTF-8 straight into columns. Numbers
/// may be integers, floats, null, or "NaN", "Infinity" and "-Infinity", in quotes or, as Python writes them, without; the last four are
/// missing values.
/// </summary>
public static class DruidResponseReader
{
    /// <summary>Rows that room is made for at once: six weeks at one minute.</summary>
    private const int MostExpected = 60_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="AiOutliersException">The text is not such a response. The message says in which row and why.</exception>
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
                throw Wrong("the data is not a JSON array; a Druid timeseries response is expected");
            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                new RowReader(builder).Read(ref json);
                // Rows are about as long as each other: the first one tells their number, and a tenth is added.
                if (builder.Rows == 1)
                    builder.Expect((int)Math.Min(MostExpected, 1.1 * utf8.Length / json.BytesConsumed));
            }
            if (json.TokenType != JsonTokenType.EndArray)
                throw Wrong($"row {builder.Rows + 1} of the data is not a JSON object");
            if (json.Read())
                throw Wrong("the data goes on after the closing ']'");
        }
        catch (JsonException) when (PythonTokens.Mended(utf8) is { } mended)
        {
            return Read(mended);
        }
        catch (JsonException error)
        {
            var place = $"near row {builder.Rows + 1}, line {error.LineNumber + 1}, byte {error.BytePositionInLine}";
            throw Wrong($"the data is not valid JSON ({place})", error);
        }
        catch (InvalidOperationException error)
        {
            // Utf8JsonReader throws this for names and strings that are valid JSON but not text: broken UTF-8, half of a surrogate pair.
            throw Wrong($"row {builder.Rows + 1} of the data holds text that is not valid UTF-8", error);
        }
        return builder.Build();
    }

    internal static AiOutliersException Wrong(string message, Exception? inner = null) => new(ErrorKind.BadInput, message, inner);
}
