namespace AiOutliers.Service.Security;

/// <summary>Roles as files, headers and the command line write them.</summary>
internal static class RoleNames
{
    public static readonly IReadOnlyList<string> All = ["viewer", "operator", "admin"];

    public static string Name(this Role role) => All[(int)role];

    public static bool TryParse(string text, out Role role)
    {
        var index = All.TakeWhile(name => !name.Equals(text, StringComparison.OrdinalIgnoreCase)).Count();
        role = (Role)index;
        return index < All.Count;
    }
}
