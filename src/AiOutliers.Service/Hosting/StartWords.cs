namespace AiOutliers.Service.Hosting;

/// <summary>What the one line says that the service writes when it is ready: where its data and its time come from.</summary>
internal static class StartWords
{
    /// <summary>The place without a user and a password.</summary>
    public static string Source(string? endpoint)
    {
        if (endpoint is null)
            return "no data source ([Druid] druid_endpoint): only requests that bring their data are answered";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? $"data from {uri.Authority}"
            : $"data from {endpoint}";
    }

    public static string Clock(string? ntpServer) => ntpServer is null ? "clock of the system" : $"clock corrected by {ntpServer}";
}
