using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace AiOutliers.Load.Hostile;

/// <summary>A client that asks in its turn, from an address of its own, and writes down how long it waits.</summary>
internal sealed class HealthyClient : IDisposable
{
    private const string Path = "/api/v1/outliers", Address = "127.0.0.9";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly byte[] _form = Requests.OneMetric();
    private readonly List<double> _milliseconds = [];
    private readonly HttpClient _http;

    public HealthyClient(Uri service)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, _) =>
                new System.Net.Sockets.NetworkStream(await RawClient.ConnectAsync(service, Address), ownsSocket: true),
        };
        _http = new HttpClient(handler) { BaseAddress = service, Timeout = TimeSpan.FromSeconds(60) };
    }

    public int Failed { get; private set; }

    public int Asked => _milliseconds.Count;

    /// <summary>Milliseconds that so many of the hundred waited at most.</summary>
    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    public string Figures => string.Create(CultureInfo.InvariantCulture,
        $"{Asked - Failed} of {Asked} answered, p50 {Percentile(0.5):0.0} ms, p99 {Percentile(0.99):0} ms");

    public async Task AskAsync()
    {
        var started = Stopwatch.GetTimestamp();
        if (!await LoadRun.PostAsync(_http, Path, _form, HttpStatusCode.OK))
            Failed++;
        _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    public async Task AskAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await AskAsync();
            await Task.Delay(Pause);
        }
    }

    /// <summary>Until told to stop.</summary>
    public async Task AskAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await AskAsync(1);
    }

    public void Dispose() => _http.Dispose();
}
