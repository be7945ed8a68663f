using System.Globalization;
using AiOutliers.Detection;

namespace AiOutliers.Service.Api.V2;

/// <summary>What stands behind the question mark, checked.</summary>
internal static class QueryValues
{
    /// <exception cref="AiOutliersException">A name is not known.</exception>
    public static void CheckNames(this IQueryCollection query, IReadOnlyCollection<string> known)
    {
        if (query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
            throw Wrong($"'{unknown}' is not known; known are {string.Join(", ", known)}");
    }

    /// <summary>Null where there is none.</summary>
    public static string? Text(this IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="AiOutliersException">It is not a time.</exception>
    public static long? Time(this IQueryCollection query, string name) => query.Text(name) is not { } text ? null
        : RequestTime.Parse(text)?.ToUnixTimeMilliseconds() ?? throw Wrong($"{name} '{text}' is not a time: {RequestTime.Words}");

    /// <exception cref="AiOutliersException">It is not such a number.</exception>
    public static double? Number(this IQueryCollection query, string name, double minimum, double maximum)
    {
        if (query.Text(name) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not a number from {minimum} to {maximum}"));
    }

    /// <exception cref="AiOutliersException">It is not such a number.</exception>
    public static long? Whole(this IQueryCollection query, string name, long maximum)
    {
        if (query.Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 && number <= maximum
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not a whole number from 1 to {maximum}"));
    }

    public static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}
