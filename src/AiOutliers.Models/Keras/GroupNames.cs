using System.Text.RegularExpressions;

namespace AiOutliers.Models.Keras;

/// <summary>The names under which Keras stores weights: the class in snake case, with a counter from the second of a class on.</summary>
internal sealed partial class GroupNames
{
    private readonly Dictionary<string, int> _counters = new(StringComparer.Ordinal);

    /// <summary>The group of the next layer, in the model's order of layers.</summary>
    public string Next(string className)
    {
        var kind = SnakeCase(className);
        var count = _counters[kind] = _counters.GetValueOrDefault(kind, -1) + 1;
        return count == 0 ? kind : $"{kind}_{count}";
    }

    /// <summary>BatchNormalization → batch_normalization, LeakyReLU → leaky_re_lu, LSTM → lstm, Conv1D → conv1d.</summary>
    public static string SnakeCase(string className) =>
        LowerUpper().Replace(AnyWord().Replace(className, "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex AnyWord();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex LowerUpper();
}
