using System.Security.Cryptography;
using System.Text;

namespace AiOutliers.Service.Training;

/// <summary>The names of sensors' models: file names on every system.</summary>
internal static class SensorModels
{
    private const int Longest = 80;

    /// <summary>Letters, digits, '-', '_' and '.' stay; where anything else was, a hash of the sensor's name tells it from others that look alike then.</summary>
    public static string NameOf(string sensor)
    {
        var name = string.Concat(sensor.Select(static (character, i) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || character == '.' && i > 0 ? character : '_'));
        if (name == sensor && name.Length <= Longest)
            return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sensor)))[..8];
        return $"{name[..Math.Min(name.Length, Longest)]}-{hash}";
    }
}
