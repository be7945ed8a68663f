namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>The program as a person starts it.</summary>
internal static class ServiceCommand
{
    public static readonly string[] Words = ["dotnet", Path.Combine(AppContext.BaseDirectory, "rb-aioutliers.dll")];

    /// <param name="settings">Put over the defaults, as environment variables (<c>Section__key</c>).</param>
    /// <param name="arguments">Command and options.</param>
    public static ServerProcess Start(IReadOnlyDictionary<string, string> settings, params string[] arguments) =>
        ServerProcess.Start(Words[0], [.. Words.Skip(1), .. arguments], new Dictionary<string, string>(settings) { ["COLUMNS"] = "200" });

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        await using var process = Start(settings, arguments);
        var code = await process.EndAsync();
        return (code, process.Log);
    }
}
