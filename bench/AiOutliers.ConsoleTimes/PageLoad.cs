using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiOutliers.ConsoleTimes;

/// <summary>
/// Version 1 at a hundred requests a second, alone and beside fifty page loads a second; both begin on time, whatever is late.
/// </summary>
internal sealed class PageLoad(Uri address)
{
    private const int RequestsPerSecond = 100, PagesPerSecond = 50;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    private static readonly string[] Pages =
    [
        "/", "/explore?where=sensor_name%3Dheadquarters&last=7d", "/incidents?state=all", "/monitors", "/models", "/models/traffic",
        "/settings", "/queue",
    ];

    public async Task<string> RunAsync()
    {
        var form = DayOfOneMetric();
        using var client = ClientAt(1);
        // Fifty browsers: the limit of requests a minute is each address's own.
        var browsers = Enumerable.Range(2, PagesPerSecond).Select(ClientAt).ToArray();
        await AtRateAsync(RequestsPerSecond, TimeSpan.FromSeconds(3), _ => PostAsync(client, form));
        await AtRateAsync(PagesPerSecond, TimeSpan.FromSeconds(3), at => PageAsync(browsers, at));
        var alone = await AtRateAsync(RequestsPerSecond, Length, _ => PostAsync(client, form));
        var pages = AtRateAsync(PagesPerSecond, Length, at => PageAsync(browsers, at));
        var beside = await AtRateAsync(RequestsPerSecond, Length, _ => PostAsync(client, form));
        var (one, two, page) = (P99(alone), P99(beside), P99(await pages));
        return string.Create(CultureInfo.InvariantCulture,
            $"p99 {one:0} ms alone, {two:0} ms beside the pages: {two / one:0.0} ×; pages p99 {page:0} ms");
    }

    /// <summary>Asks from an address of this machine that nobody else has.</summary>
    private HttpClient ClientAt(int last) => new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)last]), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = address,
    };

    /// <summary>How long each took from when it was due.</summary>
    private static async Task<double[]> AtRateAsync(int perSecond, TimeSpan length, Func<int, Task> ask)
    {
        var watch = Stopwatch.StartNew();
        var running = new List<Task<double>>();
        for (var at = 0; at < perSecond * length.TotalSeconds; at++)
        {
            var due = TimeSpan.FromSeconds((double)at / perSecond);
            if (due > watch.Elapsed)
                await Task.Delay(due - watch.Elapsed);
            running.Add(TimedAsync(watch, due, ask(at)));
        }
        return await Task.WhenAll(running);
    }

    private static async Task<double> TimedAsync(Stopwatch watch, TimeSpan due, Task answered)
    {
        await answered;
        return (watch.Elapsed - due).TotalMilliseconds;
    }

    private static async Task PostAsync(HttpClient client, byte[] form)
    {
        using var content = new ByteArrayContent(form);
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        using var answer = await client.PostAsync("/api/v1/outliers", content);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task PageAsync(HttpClient[] browsers, int at)
    {
        using var answer = await browsers[at % browsers.Length].GetAsync(Pages[at % Pages.Length]);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static double P99(double[] times) => times.Order().ElementAt(times.Length * 99 / 100);

    private static byte[] DayOfOneMetric()
    {
        var begin = new DateTime(2024, 9, 24, 0, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, 1440).Select(minute => string.Create(CultureInfo.InvariantCulture,
            $"{{\"timestamp\":\"{begin.AddMinutes(minute):yyyy-MM-ddTHH:mm:ss.fffZ}\","
            + $"\"result\":{{\"bytes\":{1e6 * (2 + Math.Sin(minute / 229.2)) + minute % 13 * 1e4:0}}}}}"));
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]"));
        return Encoding.ASCII.GetBytes("data=" + Uri.EscapeDataString(data));
    }
}
