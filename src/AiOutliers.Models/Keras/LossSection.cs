using System.Globalization;

namespace AiOutliers.Models.Keras;

/// <summary>
/// <c>[Losses]</c> of a model's <c>.ini</c>: <c>training</c> and <c>validation</c>, a number for each epoch; <c>kept</c>. No model is
/// refused for it: what cannot be read is as if it were not there.
/// </summary>
internal static class LossSection
{
    public const string Name = "Losses";

    private const int MostEpochs = 10_000;

    public static LossCurve? Read(IDictionary<string, string?> keys)
    {
        var (training, validation) = (Numbers(keys, "training"), Numbers(keys, "validation"));
        return training is { Count: > 0 and <= MostEpochs } && (validation is null || validation.Count == training.Count)
            && keys.TryGetValue($"{Name}:kept", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var kept)
            && kept >= 1 && kept <= training.Count
            ? new(training, validation ?? [], kept)
            : null;
    }

    public static IEnumerable<(string Key, string Value)> Write(LossCurve? losses)
    {
        if (losses is null)
            yield break;
        yield return ("training", Text(losses.Training));
        if (losses.Validation.Count > 0)
            yield return ("validation", Text(losses.Validation));
        yield return ("kept", losses.Kept.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Four digits are more than a picture shows.</summary>
    private static string Text(IReadOnlyList<double> losses) =>
        string.Join(", ", losses.Select(static loss => loss.ToString("G4", CultureInfo.InvariantCulture)));

    private static List<double>? Numbers(IDictionary<string, string?> keys, string key)
    {
        if (!keys.TryGetValue($"{Name}:{key}", out var text) || text is null)
            return null;
        var numbers = new List<double>();
        foreach (var part in text.Split(',', MostEpochs + 1))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                return null;
            numbers.Add(number);
        }
        return numbers;
    }
}
