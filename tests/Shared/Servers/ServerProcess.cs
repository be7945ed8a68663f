using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>A process on a loopback port: started, asked until it answers, ended.</summary>
internal sealed class ServerProcess : HeardProcess
{
    private ServerProcess(ProcessStartInfo start) : base(start) => Begin();

    public static ServerProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        return new(start);
    }

    /// <summary>Waits until this HTTP address answers 200.</summary>
    public async Task<ServerProcess> AnsweringAsync(string url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        return await UntilAsync(async () => (await http.GetAsync(url)).IsSuccessStatusCode);
    }

    /// <summary>Waits until the condition holds; failures to connect count as not yet.</summary>
    public async Task<ServerProcess> UntilAsync(Func<Task<bool>> ready)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (HasExited)
                throw new InvalidOperationException($"{Process.StartInfo.FileName} ended at once:\n{Log}");
            try
            {
                if (await ready())
                    return this;
            }
            catch (Exception error) when (error is HttpRequestException or SocketException or IOException or OperationCanceledException)
            {
                // Not yet.
            }
            await Task.Delay(50);
        }
        throw new TimeoutException($"{Process.StartInfo.FileName} does not answer:\n{Log}");
    }
}
