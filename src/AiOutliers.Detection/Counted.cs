using System.Globalization;

namespace AiOutliers.Detection;

/// <summary>Numbers of things as messages write them: <c>1 row</c>, <c>4,032 rows</c>.</summary>
public static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="one">What one is called.</param>
    /// <param name="many">What several are called; null: with an s behind.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    public static string Series(long count) => Of(count, "series", "series");

    /// <summary><c>1 day</c>, <c>2.5 days</c>.</summary>
    public static string Days(double days) =>
        string.Create(CultureInfo.InvariantCulture, $"{days:0.#}") is var text && text == "1" ? "1 day" : $"{text} days";
}
