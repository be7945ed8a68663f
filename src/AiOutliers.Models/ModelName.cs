using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AiOutliers.Detection;

namespace AiOutliers.Models;

/// <summary>What a model may be called, and what the model of a sensor is called: names become keys and file names, so they are checked here first.</summary>
public static class ModelName
{
    /// <summary>Bytes of UTF-8: file systems end at 255, the longest ending has 12, and a passing name needs some too.</summary>
    private const int LongestName = 180;

    /// <summary>A sensor's encoded name is cut here and gets <see cref="HashDigits"/> digits of its hash.</summary>
    private const int LongestPlain = 120;

    /// <summary>64 bits: among a million sensors the chance that two share them is 3·10⁻⁸.</summary>
    private const int HashDigits = 16;

    /// <summary>In the order in which files are stored: the profile comes last and shows that the others are there.</summary>
    private const string Endings = ".keras|_filter.json|.ini";

    /// <summary>True for a single, visible name that can be a file's in every store.</summary>
    public static bool IsUsable(string name) =>
        name.Length > 0 && name[0] != '.' && name.Trim().Length == name.Length
        && Encoding.UTF8.GetByteCount(name) <= LongestName
        && !name.Any(static c => c is '/' or '\\' || char.IsControl(c) || char.IsSurrogate(c));

    /// <exception cref="AiOutliersException">The name is not usable.</exception>
    public static string Checked(string name) => IsUsable(name)
        ? name
        : throw new AiOutliersException(ErrorKind.BadInput, $"'{Printable(name)}' is no model name: it needs 1 to {LongestName} bytes without slashes and control characters, and does not begin with a dot");

    /// <summary>
    /// The name of a sensor's model: letters, digits, <c>-</c>, <c>_</c> and inner dots as they are, every other byte of UTF-8 as <c>%XX</c>; long
    /// ones cut and ended with <c>~</c> and a hash, so that different sensors keep different names.
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

    /// <summary>The model that a file belongs to, by its ending; null when it is no model's file or the name is not usable.</summary>
    public static string? OfFile(string file)
    {
        var ending = Endings.Split('|').FirstOrDefault(ending => file.EndsWith(ending, StringComparison.Ordinal));
        var name = ending is null ? null : file[..^ending.Length];
        return name is not null && IsUsable(name) ? name : null;
    }

    /// <summary>The files of a model that are in a folder.</summary>
    public static IReadOnlyList<string> FilesIn(string folder, string name) =>
        [.. Endings.Split('|').Select(ending => Path.Combine(folder, name + ending)).Where(File.Exists)];

    /// <summary>For messages: bounded, without control characters.</summary>
    public static string Printable(string name) => new([.. name.Take(60).Select(static c => char.IsControl(c) ? '?' : c)]);
}
