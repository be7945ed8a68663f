using System.IO.Compression;
using System.Security.Cryptography;

namespace AiOutliers.Service.Console;

/// <summary>
/// Script, stylesheet and icon, embedded in the executable. Their addresses hold a hash of their content, so that a browser keeps them for
/// good and asks for new ones after an update. While the nodes behind a balancer are updated, a page of one build asks a node of another:
/// it gets what this one has, and does not keep it.
/// </summary>
internal static class ConsoleAssets
{
    private const string Prefix = "console.";

    /// <summary>Nine tenths of the gain of the best level, in a tenth of its time.</summary>
    private const int BrotliQuality = 9;

    private static readonly Lazy<Dictionary<string, ConsoleAsset>> All = new(() =>
        new[] { Read("console.js", "text/javascript"), Read("style.css", "text/css"), Read("icon.svg", "image/svg+xml") }
            .ToDictionary(static asset => asset.Name, StringComparer.Ordinal));

    public static string Script { get; } = AddressOf("console.js");

    public static string Style { get; } = AddressOf("style.css");

    public static string Icon { get; } = AddressOf("icon.svg");

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{file}", Send).ExcludeFromDescription();
        // Browsers ask for it beside what is no page: a fragment, rows, a picture.
        routes.MapGet("/favicon.ico", static () => TypedResults.LocalRedirect(Icon)).ExcludeFromDescription();
    }

    private static IResult Send(string file, HttpContext context)
    {
        if (file.Split('.') is not [var name, _, var extension] || !All.Value.TryGetValue($"{name}.{extension}", out var asset))
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = file == asset.FileName ? "public, max-age=31536000, immutable" : "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        var (bytes, encoding) = accepted.Contains("br", StringComparison.Ordinal) ? (asset.Brotli.Value, "br")
            : accepted.Contains("gzip", StringComparison.Ordinal) ? (asset.Gzip.Value, "gzip")
            : (asset.Plain, null);
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        return TypedResults.Bytes(bytes, asset.Type);
    }

    private static string AddressOf(string name) => "/assets/" + All.Value[name].FileName;

    private static ConsoleAsset Read(string name, string type)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(Prefix + name)!;
        var plain = new byte[stream.Length];
        stream.ReadExactly(plain);
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 6));
        return new(
            name, $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", type, plain,
            new(() => Compress(plain, static stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = BrotliQuality }))),
            new(() => Compress(plain, static stream => new GZipStream(stream, CompressionLevel.SmallestSize))));
    }

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> open)
    {
        using var result = new MemoryStream();
        using (var stream = open(result))
            stream.Write(plain);
        return result.ToArray();
    }

    /// <param name="Name">Without a hash.</param>
    /// <param name="FileName">With the hash of the content.</param>
    /// <param name="Type">The media type.</param>
    /// <param name="Plain">The content.</param>
    /// <param name="Brotli">The content for browsers that take Brotli; made when the first asks.</param>
    /// <param name="Gzip">The content for browsers that take gzip only.</param>
    private sealed record ConsoleAsset(
        string Name, string FileName, string Type, byte[] Plain, Lazy<byte[]> Brotli, Lazy<byte[]> Gzip);
}
