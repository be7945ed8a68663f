namespace AiOutliers.Tests.Shared;

/// <summary>Finds the golden files in the checkout that the tests were built from.</summary>
internal static class Golden
{
    public static string Root { get; } = FindRoot();

    public static string Path(string name) => System.IO.Path.Combine(Root, "tests", "Golden", name);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "AiOutliers.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside of a checkout: no AiOutliers.slnx above " + AppContext.BaseDirectory);
    }
}
