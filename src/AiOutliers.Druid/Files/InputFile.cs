using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Client;
using AiOutliers.Druid.Responses;
using ZstdSharp;

namespace AiOutliers.Druid.Files;

/// <summary>Reads a file of any known format, recognised by its content and not by its name.</summary>
public static class InputFile
{
    private const int LargestQuery = 16 * 1024 * 1024;

    /// <param name="path">The file; null reads standard input.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">What the content does not tell.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">It has none of the known formats, or is damaged.</exception>
    public static async Task<InputContent> ReadAsync(string? path, string name, InputOptions options, CancellationToken cancellation)
    {
        await using var raw = path is null ? Console.OpenStandardInput() : InputStreams.Open(path, name);
        try
        {
            await using var first = await HeadStream.OpenAsync(raw, cancellation);
            await using var text = await InputStreams.DecodedAsync(first, cancellation);
            // What is read here and cannot be read again, as a pipe, is not there for the database.
            var isPlain = ReferenceEquals(first, text) && raw.CanSeek;
            text.SkipBlanks();
            return await ContentAsync(InputFormats.Of(text.Head), isPlain ? path : null, text, name, options, cancellation);
        }
        catch (Exception error) when (error is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"{name} is compressed and damaged: {error.Message}", error);
        }
    }

    private static async Task<InputContent> ContentAsync(
        InputFormat format, string? path, HeadStream text, string name, InputOptions options, CancellationToken cancellation) =>
        format switch
        {
            InputFormat.Empty => throw new AiOutliersException(ErrorKind.BadInput, $"{name} is empty"),
            InputFormat.JsonArray => new(await RowsAsync(text, lines: false, options, cancellation), null),
            InputFormat.JsonLines => new(await RowsAsync(text, lines: true, options, cancellation), null),
            InputFormat.Prometheus => new(await PrometheusReader.ReadAsync(text, options.By, cancellation), null),
            InputFormat.InfluxCsv => new(InfluxCsv.Read(text, name, options, cancellation), null),
            InputFormat.LineProtocol => new(await LineProtocol.ReadAsync(text, name, options, cancellation), null),
            InputFormat.DruidQuery => new(null, await AllAsync(text, name, cancellation)),
            InputFormat.DruidError => throw BrokerError.OfFile(name, await AllAsync(text, name, cancellation)),
            InputFormat.PrometheusError => throw PrometheusWords.Error(name, await AllAsync(text, name, cancellation)),
            InputFormat.Sql => throw new AiOutliersException(ErrorKind.BadInput, $"{name} is SQL, which detect does not send; "
                + "ask the broker at /druid/v2/sql and give its answer, or write a native query"),
            InputFormat.NfdumpList => throw new AiOutliersException(ErrorKind.BadInput,
                $"{name} is a list or a statistic of nfdump, which has no flow in each row; write the flows with nfdump -o csv"),
            InputFormat.Binary => throw new AiOutliersException(
                ErrorKind.BadInput, $"{name} is neither text nor one of the binary formats that are read: Parquet, gzip, zstd"),
            InputFormat.OtherObject => throw Object(name, InputFormats.Names(text.Head)),
            InputFormat.Nfdump => new(await TableAsync(path, text, name, options with { IsNfdump = true }, cancellation), null),
            InputFormat.Parquet => new(await TableAsync(path, text, name, options, cancellation), null),
            _ => new(CsvTable.Read(text, name, options, cancellation), null),
        };

    private static AiOutliersException Object(string name, IReadOnlyCollection<string> members) => new(ErrorKind.BadInput,
        $"{name} is one JSON object, with {string.Join(", ", members)}; rows are expected, as a list or one object in a line. "
        + $"Where a member holds them: jq '.{members.Last()}' FILE | rb-aioutliers detect");

    private static async Task<SeriesSet> RowsAsync(HeadStream text, bool lines, InputOptions options, CancellationToken cancellation)
    {
        var layout = new AnswerLayout { Dimensions = options.By, Clock = options.Clock() };
        var series = await SeriesReader.ReadAsync(text, lines, layout, cancellation);
        return series.WithWarnings([.. layout.Clock?.Warnings() ?? []]);
    }

    /// <exception cref="AiOutliersException">It is larger than a query can be.</exception>
    private static async Task<byte[]> AllAsync(Stream stream, string name, CancellationToken cancellation)
    {
        var bytes = new byte[LargestQuery];
        var length = await stream.ReadAtLeastAsync(bytes, LargestQuery, throwOnEndOfStream: false, cancellation);
        return length < LargestQuery ? bytes[..length] : throw new AiOutliersException(ErrorKind.BadInput,
            $"{name} looks like a Druid query, and is larger than {LargestQuery / (1024 * 1024)} MB");
    }

    /// <summary>The database reads files: what is packed, or comes from standard input, goes through a temporary one.</summary>
    private static async Task<SeriesSet> TableAsync(
        string? path, HeadStream stream, string name, InputOptions options, CancellationToken cancellation)
    {
        if (path is not null)
            return TableFileReader.Read(path, name, options, cancellation);
        var temporary = Path.GetTempFileName();
        try
        {
            await using (var file = File.Create(temporary))
                await stream.CopyToAsync(file, cancellation);
            return TableFileReader.Read(temporary, name, options, cancellation);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
