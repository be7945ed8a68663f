using System.Globalization;

namespace AiOutliers.Detection;

/// <summary>Numbers as people read them: three significant digits and a decimal prefix.</summary>
public static class Quantity
{
    private static readonly string[] Prefixes = ["", "k", "M", "G", "T", "P"];

    public static string Short(double value)
    {
        if (!double.IsFinite(value))
            return "–";
        if (value == 0)
            // Zero has a sign, which people do not write.
            return "0";
        var prefix = 0;
        var scaled = value;
        while (Math.Abs(scaled) >= 999.5 && prefix < Prefixes.Length - 1)
            (scaled, prefix) = (scaled / 1000, prefix + 1);
        return scaled.ToString(Math.Abs(scaled) >= 100 ? "0" : "G3", CultureInfo.InvariantCulture)
            + (prefix > 0 ? " " + Prefixes[prefix] : "");
    }

    /// <summary>Reads a number with or without a prefix: <c>5000</c>, <c>5k</c>, <c>1.5 G</c>, <c>2Gi</c> of 1024s.</summary>
    public static bool TryParse(string text, out double value)
    {
        var digits = text.AsSpan().Trim();
        var thousand = 1000.0;
        if (digits is [.., 'i'])
        {
            digits = digits[..^1];
            thousand = 1024;
        }
        var power = digits is [.., var last] ? "kMGTP".IndexOf(last == 'K' ? 'k' : last, StringComparison.Ordinal) : -1;
        if (power >= 0)
            digits = digits[..^1].TrimEnd();
        var isNumber = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value *= Math.Pow(thousand, power + 1);
        return isNumber && (power >= 0 || thousand == 1000);
    }

    /// <summary>A figure with so many decimals; – where there is none.</summary>
    public static string Fixed(double value, int decimals) =>
        double.IsFinite(value) ? value.ToString("F" + decimals, CultureInfo.InvariantCulture) : "–";
}
