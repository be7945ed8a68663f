using System.Globalization;

namespace AiOutliers.Detection.Detectors;

/// <summary>
/// One option of a detector, and the only place that knows its name, what it takes, and how a text becomes its value. The configuration,
/// the command line and the interfaces all read their options through it.
/// </summary>
/// <typeparam name="T">The detector's options.</typeparam>
/// <param name="Name">As the configuration names it: words joined by underscores.</param>
/// <param name="Meaning">What it does, in a sentence.</param>
/// <param name="Allowed">What it takes, in words.</param>
/// <param name="Show">Its value in some options, as a text that <paramref name="Parse"/> takes.</param>
/// <param name="Parse">The options with this text as its value; null where the text is not allowed.</param>
public sealed record DetectorOption<T>(string Name, string Meaning, string Allowed, Func<T, string> Show, Func<T, string, T?> Parse)
    where T : class
{
    /// <summary>As the command line names it: <c>--min-deviation</c>.</summary>
    public string CommandLineName => "--" + Name.Replace('_', '-');

    /// <summary>As JSON and YAML name it: <c>minDeviation</c>.</summary>
    public string JsonName => string.Concat(Name.Split('_').Select(static (word, place) =>
        place == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>A number within a range, both ends included.</summary>
    /// <param name="name">As the configuration names it.</param>
    /// <param name="meaning">What it does.</param>
    /// <param name="least">The smallest value.</param>
    /// <param name="most">The largest value; infinite for none.</param>
    /// <param name="get">Its value.</param>
    /// <param name="with">The options with another value.</param>
    internal static DetectorOption<T> Number(
        string name, string meaning, double least, double most, Func<T, double> get, Func<T, double, T> with)
    {
        var allowed = double.IsFinite(most) ? $"from {Text(least)} to {Text(most)}" : "that is not negative, such as 5000, 5k, 1.5G or 2Gi";
        return new(name, meaning, "a number " + allowed, options => Text(get(options)), (options, text) =>
            Quantity.TryParse(text, out var value) && value >= least && value <= most ? with(options, value) : null);

        static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One of a few words.</summary>
    internal static DetectorOption<T> Choice<TValue>(
        string name, string meaning, IReadOnlyList<(string Word, TValue Value)> choices, Func<T, TValue> get, Func<T, TValue, T> with)
        where TValue : struct =>
        new(name, meaning, "one of " + string.Join(", ", choices.Select(static choice => choice.Word)),
            options => choices.First(choice => choice.Value.Equals(get(options))).Word,
            (options, text) =>
            {
                foreach (var (word, value) in choices)
                {
                    if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                        return with(options, value);
                }
                return null;
            });
}
