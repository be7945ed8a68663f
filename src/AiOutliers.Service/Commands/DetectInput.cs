using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Service.Commands;

/// <summary>What <c>detect</c> was given: rows, or a query that fetches them.</summary>
internal sealed record DetectInput(MetricTable? Table, ReadOnlyMemory<byte>? Query)
{
    /// <param name="path">A file; <c>-</c> is standard input.</param>
    /// <exception cref="AiOutliersException">The file is not there, or its content is none of the known formats.</exception>
    public static async Task<DetectInput> ReadAsync(string path, CancellationToken cancellation)
    {
        var bytes = await ReadBytesAsync(path, cancellation);
        var text = bytes.AsSpan().TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
            throw new AiOutliersException(ErrorKind.BadInput, $"{Describe(path)} is empty");
        if (text[0] == '[')
            return new(DruidResponseReader.Read(text), null);
        if (text[0] == '{')
            return new(null, bytes.AsMemory(bytes.Length - text.Length));
        throw new AiOutliersException(ErrorKind.BadInput, $"{Describe(path)} is no JSON");
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellation)
    {
        if (path != "-")
        {
            return File.Exists(path)
                ? await File.ReadAllBytesAsync(path, cancellation)
                : throw new AiOutliersException(ErrorKind.BadInput, $"there is no file '{path}'");
        }
        using var buffer = new MemoryStream();
        await using var input = System.Console.OpenStandardInput();
        await input.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }

    private static string Describe(string path) => path == "-" ? "standard input" : $"'{Path.GetFileName(path)}'";
}
