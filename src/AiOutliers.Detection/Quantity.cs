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
        var prefix = 0;
        var scaled = value;
        while (Math.Abs(scaled) >= 999.5 && prefix < Prefixes.Length - 1)
            (scaled, prefix) = (scaled / 1000, prefix + 1);
        return scaled.ToString(Math.Abs(scaled) >= 100 ? "0" : "G3", CultureInfo.InvariantCulture)
            + (prefix > 0 ? " " + Prefixes[prefix] : "");
    }

    /// <summary>Reads a number, with a decimal prefix or without: 5000000, 5e6, 5M, 5 M.</summary>
    public static bool TryParse(string text, out double value)
    {
        var number = text.AsSpan().Trim();
        var factor = 1.0;
        var prefix = number.IsEmpty ? -1 : Array.IndexOf(Prefixes, number[^1..].ToString());
        if (prefix > 0)
        {
            factor = Math.Pow(1000, prefix);
            number = number[..^1].TrimEnd();
        }
        var isRead = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value *= factor;
        return isRead;
    }

    /// <summary>A figure with so many decimals; – where there is none.</summary>
    public static string Fixed(double value, int decimals) =>
        double.IsFinite(value) ? value.ToString("F" + decimals, CultureInfo.InvariantCulture) : "–";
}
