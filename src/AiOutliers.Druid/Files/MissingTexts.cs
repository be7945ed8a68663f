namespace AiOutliers.Druid.Files;

/// <summary>What stands for a missing value.</summary>
internal static class MissingTexts
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "-", "--", "na", "n/a", "#n/a", "null", "none", "nil", "nan", "-nan", "1.#IND", "\\N",
        "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity",
    };

    public static bool Is(string text) => Words.Contains(text);

    /// <summary>Druid's <c>longMax</c> and <c>longMin</c> of no rows, as doubles: 2^63 and −2^63.</summary>
    public static double Mended(double value) => Math.Abs(value) == 9223372036854775808.0 ? double.NaN : value;
}
