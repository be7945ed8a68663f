using System.CommandLine;
using System.Globalization;

namespace AiOutliers.Service.Cli;

/// <summary>What an option takes.</summary>
internal static class OptionRanges
{
    /// <summary>Refuses other numbers, before anything is done.</summary>
    /// <param name="option">An option that takes a number.</param>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">The largest; null: any.</param>
    public static Option<T> From<T>(this Option<T> option, double minimum, double? maximum = null)
    {
        var allowed = maximum is null
            ? string.Create(CultureInfo.InvariantCulture, $"of at least {minimum}")
            : string.Create(CultureInfo.InvariantCulture, $"from {minimum} to {maximum}");
        return option.Checked(value => value >= minimum && value <= (maximum ?? double.MaxValue), allowed);
    }

    /// <summary>Refuses 0 and what is less.</summary>
    public static Option<T> AboveZero<T>(this Option<T> option) => option.Checked(static value => value > 0, "above 0");

    /// <summary>Refuses other texts, before anything is done.</summary>
    public static Option<string?> Allowing(this Option<string?> option, Predicate<string> isAllowed, string allowed)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !isAllowed(text))
                result.AddError($"{option.Name} '{text}' is not allowed; it takes {allowed}.");
        });
        return option;
    }

    /// <summary>Refuses other words.</summary>
    public static Option<T> OneOf<T>(this Option<T> option, params string[] words)
    {
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static Option<T> Checked<T>(this Option<T> option, Func<double, bool> isAllowed, string allowed)
    {
        var number = typeof(T) == typeof(int) || typeof(T) == typeof(int?) ? "a whole number" : "a number";
        option.Validators.Add(result =>
        {
            // What is not a number is refused already.
            if (result.Tokens is [{ Value: var text }]
                && double.TryParse(text, CultureInfo.InvariantCulture, out var value)
                && (!double.IsFinite(value) || !isAllowed(value)))
                result.AddError($"{option.Name} {text} is not allowed; it takes {number} {allowed}.");
        });
        return option;
    }
}
