using System.Globalization;
using System.Text;

namespace AiOutliers.Load.Hostile;

/// <summary>One answer as it came over the connection.</summary>
/// <param name="Status">Its status; 0 when the bytes are not an answer of HTTP.</param>
/// <param name="Head">Status line and headers.</param>
/// <param name="Body">What followed.</param>
internal sealed record RawAnswer(int Status, string Head, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The connection ends with it.</summary>
    public bool Closes => Head.Contains("connection: close", StringComparison.OrdinalIgnoreCase);

    private bool HasBody => Status is >= 200 and not (204 or 304);

    public string? Header(string name)
    {
        foreach (var line in Head.Split("\r\n"))
        {
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
                return line[(name.Length + 1)..].Trim();
        }
        return null;
    }

    /// <summary>The first answer in these bytes.</summary>
    /// <param name="bytes">What has come so far.</param>
    /// <param name="length">How many bytes it takes.</param>
    /// <returns>Null when there is not a whole one yet.</returns>
    public static RawAnswer? TryRead(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = Encoding.Latin1.GetString(bytes[..end]);
        var answer = new RawAnswer(StatusOf(head), head, []);
        var body = bytes[(end + 4)..];
        if (answer.Header("Content-Length") is { } size)
        {
            var count = int.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture);
            length = end + 4 + count;
            return body.Length < count ? null : answer with { Body = body[..count].ToArray() };
        }
        if (answer.Header("Transfer-Encoding") is null)
        {
            // Of HTTP/1.0: the body lasts as long as the connection.
            length = answer.HasBody ? bytes.Length : end + 4;
            return answer.HasBody ? answer with { Body = body.ToArray() } : answer;
        }
        if (!TryUnchunk(body, out var content, out var used))
            return null;
        length = end + 4 + used;
        return answer with { Body = content };
    }

    private static int StatusOf(string head) =>
        head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && head.Length >= 12
            && int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : 0;

    private static bool TryUnchunk(ReadOnlySpan<byte> bytes, out byte[] content, out int used)
    {
        var (all, at) = (new MemoryStream(), 0);
        (content, used) = ([], 0);
        while (bytes[at..].IndexOf("\r\n"u8) is var line and >= 0)
        {
            var digits = Encoding.ASCII.GetString(bytes.Slice(at, line));
            var size = int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += line + 2;
            if (bytes.Length < at + size + 2)
                return false;
            all.Write(bytes.Slice(at, size));
            at += size + 2;
            if (size > 0)
                continue;
            (content, used) = (all.ToArray(), at);
            return true;
        }
        return false;
    }
}
