using System.Buffers;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Writers in Python leave <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> bare in JSON, which JSON does not know: they become null.
/// What stands in texts stays. The text may come in pieces.
/// </summary>
internal struct PythonTokens
{
    private static readonly SearchValues<byte> OutsideOfTexts = SearchValues.Create("\"NI-"u8);
    private static readonly SearchValues<byte> InTexts = SearchValues.Create("\"\\"u8);

    private bool _isInText;
    private bool _isEscaped;

    /// <summary>What a piece may need at most: each token of three letters becomes one of four.</summary>
    public static int Room(int length) => length + length / 3 + 4;

    /// <summary>The same text with null in place of the tokens; null where it has none.</summary>
    public static byte[]? Mended(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("NaN"u8) < 0 && text.IndexOf("Infinity"u8) < 0)
            return null;
        var mended = new byte[Room(text.Length)];
        new PythonTokens().Copy(text, isLast: true, mended, out var written);
        return text.SequenceEqual(mended.AsSpan(0, written)) ? null : mended[..written];
    }

    /// <summary>Copies a piece.</summary>
    /// <param name="text">The piece, with what was left of the last one before it.</param>
    /// <param name="isLast">Whether no other piece comes.</param>
    /// <param name="target">Has <see cref="Room"/>.</param>
    /// <param name="written">How much of the target is filled.</param>
    /// <returns>How much of the piece is done: half a token at its end waits for the next one.</returns>
    public int Copy(ReadOnlySpan<byte> text, bool isLast, Span<byte> target, out int written)
    {
        var (done, end) = (0, 0);
        while (done < text.Length)
        {
            var plain = Plain(text[done..]);
            text.Slice(done, plain).CopyTo(target[end..]);
            (done, end) = (done + plain, end + plain);
            if (done == text.Length)
                break;
            var token = _isInText ? 0 : Token(text[done..], isLast);
            if (token < 0)
                break;
            if (token > 0)
            {
                "null"u8.CopyTo(target[end..]);
                (done, end) = (done + token, end + 4);
                continue;
            }
            Follow(text[done]);
            target[end++] = text[done++];
        }
        written = end;
        return done;
    }

    /// <summary>Bytes up to the next one that matters.</summary>
    private readonly int Plain(ReadOnlySpan<byte> text)
    {
        if (_isEscaped)
            return 0;
        var next = text.IndexOfAny(_isInText ? InTexts : OutsideOfTexts);
        return next < 0 ? text.Length : next;
    }

    private void Follow(byte one)
    {
        if (_isEscaped)
            _isEscaped = false;
        else if (one == '"')
            _isInText = !_isInText;
        else
            _isEscaped = _isInText && one == '\\';
    }

    /// <returns>The length of the token that begins here; 0 for none; below 0 where the piece is too short to tell.</returns>
    private static int Token(ReadOnlySpan<byte> text, bool isLast)
    {
        if (text.StartsWith("NaN"u8))
            return 3;
        if (text.StartsWith("Infinity"u8))
            return 8;
        if (text.StartsWith("-Infinity"u8))
            return 9;
        return !isLast && ("NaN"u8.StartsWith(text) || "Infinity"u8.StartsWith(text) || "-Infinity"u8.StartsWith(text)) ? -1 : 0;
    }
}
