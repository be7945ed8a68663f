using AiOutliers.Detection;
using AiOutliers.Models.Folder;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>A value that may stand elsewhere: <c>env:NAME</c> in the environment, <c>file:PATH</c> in a file.</summary>
internal static class SecretValue
{
    private const string Variable = "env:", InFile = "file:";

    private const int LargestFile = 64 * 1024;

    /// <summary>What is shorter tells nothing, and would be found in every word.</summary>
    private const int ShortestSecret = 3, ShortestKey = 6;

    public static bool IsReference(string? text) =>
        text is not null && (text.StartsWith(Variable, StringComparison.Ordinal) || text.StartsWith(InFile, StringComparison.Ordinal));

    /// <exception cref="AiOutliersException">The variable is not set, or the file cannot be read.</exception>
    public static string Read(string text, string contact, string key)
    {
        if (text.StartsWith(Variable, StringComparison.Ordinal))
            return Environment.GetEnvironmentVariable(text[Variable.Length..]) is { Length: > 0 } value ? value : throw Missing(
                contact, key, $"the environment variable {text[Variable.Length..]} is not set");
        if (!text.StartsWith(InFile, StringComparison.Ordinal))
            return text;
        var path = text[InFile.Length..];
        return Content(path) is { Length: > 0 } content ? content : throw Missing(
            contact, key, $"the file {path} cannot be read, is empty, or has more than {LargestFile / 1024} kB");
    }

    /// <summary>A secret, and what tells it alone: of an address the pieces that are long enough to be a key.</summary>
    public static IEnumerable<string> Parts(string secret) => secret.Split('/', '?', '&', '=', '#', '@', ':')
        .Where(static part => part.Length >= ShortestKey)
        .SelectMany(static part => new[] { part, Uri.UnescapeDataString(part) })
        .Prepend(secret).Where(static part => part.Length >= ShortestSecret);

    /// <summary>Null where it cannot be read. What is not a regular file is empty: a pipe would block, a device never end.</summary>
    private static string? Content(string path)
    {
        try
        {
            using var text = new StreamReader(new MemoryStream(BoundedFile.Read(path, LargestFile)));
            return text.ReadToEnd().Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or AiOutliersException)
        {
            return null;
        }
    }

    private static AiOutliersException Missing(string contact, string key, string reason) =>
        new(ErrorKind.BadConfiguration, $"the {key} of the contact '{contact}' cannot be had: {reason}");
}
