using System.Buffers.Text;

namespace AiOutliers.Detection.Series;

/// <summary>
/// The text that Druid gives to a time in UTC, <c>2024-03-01T00:00:00.000Z</c>, read and written as UTF-8. A row whose timestamp reads so
/// needs no text of its own: its time tells it to the letter.
/// </summary>
public static class CanonicalTimestamp
{
    /// <summary>Its length, in bytes as in characters.</summary>
    public const int Length = 24;

    /// <summary>The same with seven digits after the second, as the round-trip format of .NET has it.</summary>
    private const int RoundTripLength = 28;

    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The text of a time in milliseconds since 1970; beyond the years 1 to 9999 that of their first or last instant.</summary>
    public static string Of(long time) => string.Create(Length, time, static (text, time) =>
    {
        Span<byte> utf8 = stackalloc byte[Length];
        Write(time, utf8);
        System.Text.Ascii.ToUtf16(utf8, text, out _);
    });

    /// <summary>The same as UTF-8.</summary>
    /// <param name="time">Milliseconds since 1970.</param>
    /// <param name="utf8">Room for <see cref="Length"/> bytes.</param>
    public static void Write(long time, Span<byte> utf8)
    {
        Span<byte> text = stackalloc byte[RoundTripLength];
        Instant(time).UtcDateTime.TryFormat(text, out _, "O");
        text[..(Length - 1)].CopyTo(utf8);
        utf8[Length - 1] = (byte)'Z';
    }

    /// <summary>The instant, or the first or last that a clock can tell.</summary>
    public static DateTimeOffset Instant(long time) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(time, Earliest, Latest));

    /// <summary>Reads what <see cref="Write"/> writes, to the letter; false for every other form of a time.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="time">Milliseconds since 1970.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out long time)
    {
        time = 0;
        if (utf8.Length != Length)
            return false;
        Span<byte> text = stackalloc byte[RoundTripLength];
        utf8[..(Length - 1)].CopyTo(text);
        "0000"u8.CopyTo(text[(Length - 1)..]);
        text[^1] = utf8[^1];
        // The round-trip format takes exactly this layout; of the offsets it knows, only Z is one byte long.
        if (!Utf8Parser.TryParse(text, out DateTime instant, out var read, 'O') || read != RoundTripLength)
            return false;
        time = (instant.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        return true;
    }
}
