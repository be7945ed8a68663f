using System.Globalization;

namespace AiOutliers.Detection.Series;

/// <summary>Rows or series that are more than may be held at once: who asked has to ask for less.</summary>
public sealed class TooLargeException(string message) : AiOutliersException(ErrorKind.BadInput, message)
{
    /// <param name="count">How many there are, in words.</param>
    /// <param name="most">How many are allowed.</param>
    public static TooLargeException Series(FormattableString count, int most) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"the answer has {count.ToString(CultureInfo.InvariantCulture)} series, and at most {most:N0} are judged at once; "
            + $"ask for those with the most (top), or for fewer by a filter"));
}
