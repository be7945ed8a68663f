namespace AiOutliers.Druid.Files;

/// <summary>A field of CSV between quotes; two quotes inside are one of the text.</summary>
internal static class QuotedField
{
    public const byte Quote = (byte)'"';
    public const int NotClosed = -1;

    /// <summary>Where the closing quote is.</summary>
    /// <param name="text">From the opening quote on.</param>
    /// <param name="isEnd">Whether nothing follows: else a quote at the end may be the first of two.</param>
    public static int End(ReadOnlySpan<byte> text, bool isEnd)
    {
        for (var at = 1; ; at += 2)
        {
            var quote = text[at..].IndexOf(Quote);
            if (quote < 0 || at + quote + 1 == text.Length && !isEnd)
                return NotClosed;
            at += quote;
            if (at + 1 == text.Length || text[at + 1] != Quote)
                return at;
        }
    }

    /// <summary>The text between the quotes, as it was meant.</summary>
    public static byte[] Unquoted(ReadOnlySpan<byte> inside)
    {
        var text = new List<byte>(inside.Length);
        for (var at = 0; at < inside.Length; at += inside[at] == Quote ? 2 : 1)
            text.Add(inside[at]);
        return [.. text];
    }
}
