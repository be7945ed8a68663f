using System.IO.Compression;
using System.Text;
using AiOutliers.Detection;
using ZstdSharp;

namespace AiOutliers.Druid.Files;

/// <summary>Opens what the user names, and unpacks it.</summary>
public static class InputStreams
{
    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="AiOutliersException">The user may not read it.</exception>
    public static FileStream Open(string path, string name)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"{name} may not be read by the user {Environment.UserName}", error);
        }
    }

    /// <summary>Unpacked, in UTF-8; the stream itself where it is that already.</summary>
    internal static async Task<HeadStream> DecodedAsync(HeadStream stream, CancellationToken cancellation)
    {
        while (Decoder(stream) is { } decoded)
            stream = await HeadStream.OpenAsync(decoded, cancellation);
        return stream;
    }

    private static Stream? Decoder(HeadStream stream) => stream.Head switch
    {
        [0x1F, 0x8B, ..] => new GZipStream(stream, CompressionMode.Decompress),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => new DecompressionStream(stream),
        [0xFF, 0xFE, ..] => Encoding.CreateTranscodingStream(stream, Encoding.Unicode, Encoding.UTF8),
        [0xFE, 0xFF, ..] => Encoding.CreateTranscodingStream(stream, Encoding.BigEndianUnicode, Encoding.UTF8),
        _ => null,
    };
}
