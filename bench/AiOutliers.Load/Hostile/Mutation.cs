using System.Text;

namespace AiOutliers.Load.Hostile;

/// <summary>Changes bytes at random: some are replaced, removed, repeated, and words are put in that break readers.</summary>
internal static class Mutation
{
    private const string Signs = "[]{}\",:0-.eEn%&=+/\\ \t\r\n";

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "null", "\"NaN\"", "1e999", "-1", "99999999999999999999", "\"\\ud800\"", "true", "{}", "[]", "0.1e-400", "\\u0000",
            "\u2028", "\u202e", "9999-12-31T23:59:59Z", "0000-01-01", "../", "..%2f", "%00", "%c0%af", "$type", "*", "PT0S", "P9999Y",
            "'; drop table rb_flow; --", "\"intervals\":[\"0000/9999\"]", "\"granularity\":\"none\"", "\"type\":\"union\"",
            "\"queryType\":\"scan\"", "\"limit\":2147483648", "{\"type\":\"javascript\"}", "${jndi:x}", "\ufeff",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe], [0xed, 0xa0, 0x80], [0x1f, 0x8b],
    ];

    public static byte[] Of(Random random, byte[] bytes)
    {
        var result = new List<byte>(bytes);
        for (var change = random.Next(1, 6); change > 0 && result.Count > 1; change--)
            Change(random, result, random.Next(result.Count));
        return [.. result];
    }

    private static void Change(Random random, List<byte> bytes, int at)
    {
        var some = random.Next(1, Math.Min(60, bytes.Count - at) + 1);
        switch (random.Next(7))
        {
            case 0: bytes[at] = (byte)random.Next(256); break;
            case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 2: bytes.RemoveRange(at, some); break;
            case 3: bytes.Insert(at, (byte)Signs[random.Next(Signs.Length)]); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, some)); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            default: bytes.InsertRange(at, Words[random.Next(Words.Length)]); break;
        }
    }
}
