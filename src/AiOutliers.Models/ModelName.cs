using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiOutliers.Detection;

namespace AiOutliers.Models;

/// <summary>
/// What a model may be called, and what the model of a sensor is called. Names become keys and file names: this is the one rule for them,
/// in configuration, commands, folders and stores.
/// </summary>
public static class ModelName
{
    /// <summary>Bytes of UTF-8: file systems end at 255, the longest ending has 12, and a passing name needs some too.</summary>
    private const int LongestName = 180;

    /// <summary>A sensor's encoded name is cut here and gets <see cref="HashDigits"/> digits of its hash.</summary>
    private const int LongestPlain = 120;

    /// <summary>64 bits: among a million sensors the chance that two share them is 3·10⁻⁸.</summary>
    private const int HashDigits = 16;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule =
        "1 to 180 bytes of UTF-8 without '/', '\\', ':', control characters and emoji, no dot at the start, no spaces at the ends";

    /// <summary>True for a single, visible name that can be a file's in every store, on Windows too (which takes no colon).</summary>
    public static bool IsUsable(string name) =>
        name.Length > 0 && name[0] != '.' && name.Trim().Length == name.Length
        && Encoding.UTF8.GetByteCount(name) <= LongestName
        && !name.Any(static c => c is '/' or '\\' or ':' || char.IsControl(c) || char.IsSurrogate(c));

    /// <exception cref="AiOutliersException">The name is not usable.</exception>
    public static string Checked(string name) => IsUsable(name)
        ? name
        : throw new AiOutliersException(ErrorKind.BadInput,
            $"'{Printable(name)}' cannot be a model's name: it becomes the name of its files, so {Rule}");

    /// <summary>
    /// The name of a sensor's model: letters, digits, <c>-</c>, <c>_</c> and inner dots as they are, every other byte of UTF-8 as
    /// <c>%XX</c>; long ones cut and ended with <c>~</c> and a hash, so that different sensors keep different names.
    /// </summary>
    public static string ForSensor(string sensor)
    {
        var name = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(sensor))
        {
            var c = (char)value;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c == '.' && name.Length > 0))
                name.Append(c);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }
        if (name.Length <= LongestPlain)
            return name.ToString();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sensor)))[..HashDigits].ToLowerInvariant();
        return $"{name.ToString(0, LongestPlain)}~{hash}";
    }

    /// <summary>For messages: bounded, without control characters.</summary>
    public static string Printable(string name) => new([.. name.Take(60).Select(static c => char.IsControl(c) ? '?' : c)]);
}
