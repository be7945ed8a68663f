using System.Reflection;
using Hangfire.Server;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// The closed list of types that a name in Redis may stand for. Hangfire asks it for every name that it reads, in jobs
/// and in JSON, in place of loading whatever type the name says.
/// </summary>
internal static class KnownTypes
{
    private static readonly Type[] All = [typeof(JobRunner), typeof(string), typeof(PerformContext), typeof(CancellationToken)];

    /// <exception cref="RefusedJobException">The name is not on the list.</exception>
    public static Type Resolve(string name) =>
        Array.Find(All, type => Is(name, type)) ?? throw new RefusedJobException($"the type '{PrintableText.Of(name)}' is not allowed");

    /// <summary>Whether this is the type's name with its assembly's; other versions of the program wrote other versions.</summary>
    public static bool Is(string? name, Type type) => Is(name, type.FullName!, type.Assembly);

    public static bool Is(string? name, string type, Assembly assembly)
    {
        if (name is null || name.Length > JobForm.LongestField)
            return false;
        var parts = name.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length is >= 2 and <= 5 && parts[0] == type
            && (parts[1] == assembly.GetName().Name || (parts[1] == "mscorlib" && assembly == typeof(string).Assembly))
            && parts[2..].All(static part => part.StartsWith("Version=", StringComparison.Ordinal)
                || part.StartsWith("Culture=", StringComparison.Ordinal) || part.StartsWith("PublicKeyToken=", StringComparison.Ordinal));
    }
}
