using AiOutliers.Detection;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>What the embedded engine does not know is an error that names it, never a wrong number.</summary>
internal static class Unsupported
{
    private const int LongestName = 80;

    public static AiOutliersException Feature(string what) =>
        new(ErrorKind.BadInput, $"the embedded engine does not support {Short(what)}; leave it out, or send the query to a Druid broker");

    public static AiOutliersException Wrong(string what) => new(ErrorKind.BadInput, $"the query cannot be run: {Short(what)}");

    public static AiOutliersException Lacks(FilterSpec filter, string field) => Wrong($"a filter of type '{filter.Type}' lacks '{field}'");

    private static string Short(string what) => what.Length <= 2 * LongestName ? what : what[..(2 * LongestName)] + "…";
}
