using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Files;
using AiOutliers.Druid.Query;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Cli;

/// <summary>What <c>detect</c> was given: rows, or a query that fetches them.</summary>
internal sealed record DetectInput(SeriesSet? Series, ReadOnlyMemory<byte>? Query)
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>What a short query names; null where the file does not say.</summary>
    public string? Metrics { get; init; }

    /// <param name="path">A file; <c>-</c> is standard input.</param>
    /// <exception cref="AiOutliersException">The file is not there, or its content is none of the known formats.</exception>
    public static async Task<DetectInput> ReadAsync(string path, InputOptions options, CancellationToken cancellation)
    {
        if (path == "-" && !System.Console.IsInputRedirected)
            System.Console.Error.WriteLine(
                "Waiting for rows or a query on standard input, up to Ctrl-D; `rb-aioutliers detect --help` has examples.");
        var content = await InputFile.ReadAsync(Checked(path), NameOf(path), options, cancellation);
        return new(content.Series, content.Query is { } query ? query : default(ReadOnlyMemory<byte>?)) { Name = NameOf(path) };
    }

    /// <summary>The same for commands that take one series.</summary>
    /// <exception cref="AiOutliersException">There are many series, too.</exception>
    public static async Task<DetectInput> ReadOneAsync(string path, CancellationToken cancellation)
    {
        var input = await ReadAsync(path, InputOptions.None, cancellation);
        return input.Series is null or { IsSingle: true } ? input : throw new AiOutliersException(ErrorKind.BadInput,
            $"{input.Name} has {Counted.Series(input.Series.Count)} by {string.Join(", ", input.Series.Dimensions)}; "
                + "this command takes one series");
    }

    /// <summary>Where the rows come from: the file, or the data source that its query asks.</summary>
    public string Source(Settings settings)
    {
        if (Query is not { } text)
            return Name;
        var table = DruidQuery.Parse(text.Span).DataSource?.TableName ?? "the query's data";
        var place = Uri.TryCreate(settings.DruidEndpoint, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? uri.Authority
            : settings.DruidEndpoint;
        return $"{table} from {place}";
    }

    /// <exception cref="AiOutliersException">It is a query, and nobody can be asked.</exception>
    public void CheckSource(IDruidSource? source)
    {
        if (Query is not null && source is null)
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                $"{Name} is a query, and no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER");
    }

    /// <summary>The one series without a key, where it is that; else null.</summary>
    public MetricTable? Table => Series is { IsSingle: true } ? Series.SingleTable() : null;

    /// <summary>
    /// The same question about the last stretch of time: of a query the one that ends now, of rows the one that ends with the last row.
    /// </summary>
    /// <exception cref="AiOutliersException">The query cannot be read, or there are many series.</exception>
    public DetectInput Last(TimeSpan span, DateTimeOffset now)
    {
        if (Query is { } text)
        {
            var interval = string.Create(
                CultureInfo.InvariantCulture, $"{now - span:yyyy-MM-ddTHH:mm:ss.fffZ}/{now:yyyy-MM-ddTHH:mm:ss.fffZ}");
            return this with { Query = (DruidQuery.Parse(text.Span) with { Intervals = IntervalsSpec.Of(interval) }).ToUtf8Json() };
        }
        if (Table is not { } table)
            throw new AiOutliersException(ErrorKind.BadInput,
                "--last takes the last rows of one series, and the file has many; take --since");
        if (table.Rows == 0)
            return this;
        var from = table.Times[^1] + table.StepMilliseconds - (long)span.TotalMilliseconds;
        return this with { Series = SeriesSet.Of(table.Between(from, long.MaxValue)) };
    }

    /// <summary>A Druid response or query as it is, to be sent on.</summary>
    /// <exception cref="AiOutliersException">The file is not there, or its content is not JSON.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadJsonAsync(string path, CancellationToken cancellation)
    {
        await using var stream = Checked(path) is { } file ? InputStreams.Open(file, NameOf(path)) : System.Console.OpenStandardInput();
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellation);
        ReadOnlyMemory<byte> text = buffer.ToArray().AsMemory().TrimStart("\uFEFF \t\r\n"u8);
        if (text.IsEmpty)
            throw new AiOutliersException(ErrorKind.BadInput, $"{NameOf(path)} is empty");
        return text.Span[0] is (byte)'[' or (byte)'{'
            ? text
            : throw new AiOutliersException(ErrorKind.BadInput,
                $"{NameOf(path)} is not JSON; a service takes a Druid response or a Druid query");
    }

    private static string NameOf(string path) => path == "-" ? "standard input" : $"'{Path.GetFileName(path)}'";

    private static string? Checked(string path)
    {
        if (path == "-")
            return null;
        // As other tools have it, @name is the file of that name.
        if (path is ['@', .. var plain] && !File.Exists(path))
            path = plain;
        if (File.Exists(path))
            return path;
        throw new AiOutliersException(ErrorKind.BadInput, Directory.Exists(path)
            ? $"'{path}' is a folder; name one file in it"
            : $"the file '{path}' was not found");
    }
}
