using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Service.Commands;

/// <summary>What <c>detect</c> was given: rows, or a query that fetches them.</summary>
internal sealed record DetectInput(MetricTable? Table, ReadOnlyMemory<byte>? Query)
{
    /// <param name="path">A file; <c>-</c> is standard input.</param>
    /// <exception cref="AiOutliersException">The file is not there, or its content is none of the known formats.</exception>
    public static async Task<DetectInput> ReadAsync(string path, CancellationToken cancellation)
    {
        var (bytes, text, name) = await ReadTextAsync(path, cancellation);
        return text.Span[0] switch
        {
            (byte)'[' => new(DruidResponseReader.Read(text.Span), null),
            (byte)'{' => new(null, text),
            _ => new(path == "-" ? ReadTable(bytes, name) : TableFileReader.Read(path, name), null),
        };
    }

    /// <summary>The same question about the last stretch of time: of a query the one that ends now, of rows the one that ends with the last row.</summary>
    /// <exception cref="AiOutliersException">The query cannot be read.</exception>
    public DetectInput Last(TimeSpan span, DateTimeOffset now)
    {
        if (Query is { } text)
        {
            var interval = string.Create(CultureInfo.InvariantCulture, $"{now - span:yyyy-MM-ddTHH:mm:ss.fffZ}/{now:yyyy-MM-ddTHH:mm:ss.fffZ}");
            return new(null, (DruidQuery.Parse(text.Span) with { Intervals = IntervalsSpec.Of(interval) }).ToUtf8Json());
        }
        if (Table is not { Rows: > 0 } table)
            return this;
        return new(table.Between(table.Times[^1] + table.StepMilliseconds - (long)span.TotalMilliseconds, long.MaxValue), null);
    }

    /// <summary>A Druid response or query as it is, to be sent on.</summary>
    /// <exception cref="AiOutliersException">The file is not there, or its content is not JSON.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadJsonAsync(string path, CancellationToken cancellation)
    {
        var (_, text, name) = await ReadTextAsync(path, cancellation);
        return text.Span[0] is (byte)'[' or (byte)'{'
            ? text
            : throw new AiOutliersException(ErrorKind.BadInput, $"{name} is no JSON; a service takes a Druid response or a Druid query");
    }

    private static async Task<(byte[] Bytes, ReadOnlyMemory<byte> Text, string Name)> ReadTextAsync(string path, CancellationToken cancellation)
    {
        var name = path == "-" ? "standard input" : $"'{Path.GetFileName(path)}'";
        if (path != "-" && !File.Exists(path))
            throw new AiOutliersException(ErrorKind.BadInput, $"there is no file '{path}'");
        var bytes = await ReadBytesAsync(path, cancellation);
        var text = bytes.AsMemory().TrimStart("\uFEFF \t\r\n"u8);
        return text.IsEmpty ? throw new AiOutliersException(ErrorKind.BadInput, $"{name} is empty") : (bytes, text, name);
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellation)
    {
        if (path != "-")
            return await File.ReadAllBytesAsync(path, cancellation);
        using var buffer = new MemoryStream();
        await using var input = System.Console.OpenStandardInput();
        await input.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }

    /// <summary>CSV and Parquet are read from files; standard input goes through a temporary one.</summary>
    private static MetricTable ReadTable(byte[] bytes, string name)
    {
        var temporary = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(temporary, bytes);
            return TableFileReader.Read(temporary, name);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
