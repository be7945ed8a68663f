using System.Text.RegularExpressions;

namespace AiOutliers.Keras;

/// <summary>The names under which Keras stores weights: the class in snake case, with a counter from the second of a class on.</summary>
internal static partial class SnakeCase
{
    /// <summary>BatchNormalization → batch_normalization, LeakyReLU → leaky_re_lu, LSTM → lstm, Conv1D → conv1d.</summary>
    public static string Of(string className) => LowerUpper().Replace(AnyWord().Replace(className, "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex AnyWord();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex LowerUpper();
}
