using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AiOutliers.Service.Security;

/// <summary>A line of the keys file: <c>name role sha256(key)</c>. The key itself is nowhere.</summary>
/// <param name="Name">Whose key it is.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Hash">SHA-256 of the key, in hexadecimal.</param>
internal sealed record AccessKey(string Name, Role Role, string Hash)
{
    public const string NameRule = "1 to 64 letters, digits, dots, hyphens, underscores and @";

    private const int LongestName = 64, SecretBytes = 32;

    /// <summary>Tells the key for what it is where it turns up: in a log, in a repository.</summary>
    private const string Prefix = "aio_";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@");

    /// <summary>A new key, from the system's random numbers: 256 bits, so that it cannot be guessed and needs no slow hash.</summary>
    public static string NewSecret() =>
        Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <returns>Null where the line is not a name, a role and a hash.</returns>
    public static AccessKey? Parse(string line)
    {
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && IsName(words[0]) && RoleNames.TryParse(words[1], out var role) && IsHash(words[2])
            ? new(words[0], role, words[2].ToLowerInvariant())
            : null;
    }

    public string ToLine() => $"{Name} {Role.Name()} {Hash}";

    /// <summary>Without the hash: whoever debugs prints objects.</summary>
    public override string ToString() => $"{Name} ({Role.Name()})";

    private static bool IsHash(string text) =>
        text.Length == 2 * SHA256.HashSizeInBytes && text.All(static letter => char.IsAsciiHexDigit(letter));
}
