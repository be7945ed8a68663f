using AiOutliers.Detection;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>A value that may stand elsewhere: <c>env:NAME</c> in the environment, <c>file:PATH</c> in a file.</summary>
internal static class SecretValue
{
    private const string Variable = "env:", InFile = "file:";

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
        try
        {
            return File.ReadAllText(text[InFile.Length..]).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Missing(contact, key, $"the file {text[InFile.Length..]} cannot be read");
        }
    }

    private static AiOutliersException Missing(string contact, string key, string reason) =>
        new(ErrorKind.BadConfiguration, $"the {key} of the contact '{contact}' cannot be had: {reason}");
}
