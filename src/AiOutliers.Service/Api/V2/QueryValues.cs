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
    public static double? Number(this IQueryCollection query, string name, double least, double most)
    {
        if (query.Text(name) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not a number from {least} to {most}"));
    }

    /// <exception cref="AiOutliersException">It is not such a number.</exception>
    public static long? Whole(this IQueryCollection query, string name, long most)
    {
        if (query.Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not a whole number from 1 to {most}"));
    }

    public static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}
