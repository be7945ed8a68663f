using System.Globalization;

namespace AiOutliers.Detection.Detectors;

/// <summary>
/// How easily a row is called anomalous, from 0 (quiet) to 1 (high). Four points have names; in between, every threshold is interpolated
/// linearly between its neighbours' values.
/// </summary>
/// <param name="Value">0 to 1.</param>
public readonly record struct Sensitivity(double Value)
{
    public static readonly Sensitivity Quiet = new(0);
    public static readonly Sensitivity Low = new(1.0 / 3);
    public static readonly Sensitivity Normal = new(2.0 / 3);
    public static readonly Sensitivity High = new(1);

    /// <summary>What <see cref="TryParse"/> takes, in words.</summary>
    public const string Allowed = "quiet, low, normal, high, or a number from 0 to 1";

    public static bool TryParse(string text, out Sensitivity sensitivity)
    {
        (sensitivity, var known) = text.ToLowerInvariant() switch
        {
            "quiet" => (Quiet, true),
            "low" => (Low, true),
            "normal" => (Normal, true),
            "high" => (High, true),
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
                ? (new Sensitivity(value), true)
                : (Normal, false),
        };
        return known;
    }

    /// <summary>The name of a named point, else the number.</summary>
    public override string ToString() =>
        this == Quiet ? "quiet"
        : this == Low ? "low"
        : this == Normal ? "normal"
        : this == High ? "high"
        : Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A threshold at this sensitivity, given its values at the four named points. Exact at those points.</summary>
    public double Threshold(double quiet, double low, double normal, double high)
    {
        ReadOnlySpan<double> values = [quiet, low, normal, high];
        var position = Value * 3;
        var nearest = Math.Round(position);
        if (Math.Abs(position - nearest) < 1e-9)
            return values[(int)nearest];
        var below = (int)position;
        return values[below] + (position - below) * (values[below + 1] - values[below]);
    }
}
