using System.Diagnostics;
using System.Globalization;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Benchmarks.History;

/// <summary>The published build in a process of its own, asked over HTTP on connections that stay open.</summary>
internal sealed class AskedService : IAsyncDisposable
{
    private static readonly string Executable = Path.Combine(Golden.Root, "artifacts", "rb-aioutliers", "rb-aioutliers");

    private readonly ServiceProcess _process;
    private readonly DirectoryInfo _models;

    private AskedService(ServiceProcess process, DirectoryInfo models) => (_process, _models) = (process, models);

    /// <summary>The process' share of the memory in use, in MB (smaps_rollup gives kB).</summary>
    public int Memory => File.ReadLines($"/proc/{_process.Id}/smaps_rollup")
        .Where(static line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(static line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000)
        .Single();

    /// <summary>On the sample files, without a model.</summary>
    public static Task<AskedService> OnSamplesAsync(string history = "auto") => OnAsync("duckdb:" + SampleQuestion.Folder, history);

    public static async Task<AskedService> OnAsync(string endpoint, string history = "auto")
    {
        var models = Directory.CreateTempSubdirectory("aioutliers-history-");
        return new(await ServiceProcess.StartAsync([Executable], new Dictionary<string, string>
        {
            ["Druid__druid_endpoint"] = endpoint,
            ["Models__path"] = models.FullName,
            ["Outliers__metric"] = "bytes",
            ["Outliers__history"] = history,
        }), models);
    }

    /// <param name="query">A Druid query.</param>
    /// <param name="anew">Whether nothing may come from memory.</param>
    public async Task<Answer> AskAsync(string query, bool anew = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/calculate") { Content = SampleQuestion.Form(query) };
        if (anew)
            request.Headers.CacheControl = new() { NoCache = true };
        var started = Stopwatch.GetTimestamp();
        using var response = await _process.Client.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        response.EnsureSuccessStatusCode();
        return Answer.Read(body, Header, milliseconds);

        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _models.Delete(recursive: true);
    }
}
