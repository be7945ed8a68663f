using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Load.Hostile;

/// <summary>Clients that take what they can get: each kind from one address.</summary>
internal sealed class Attackers(Uri service) : IDisposable
{
    private const int NotReading = 500, Silent = 8192, Slow = 200, Endless = 2;

    /// <summary>Made once: the attackers' own work must not be what the healthy client waits for.</summary>
    private static readonly byte[] LongName = Post(Field("data",
        $$$"""[{"timestamp":"2023-10-12T00:00:00.000Z","result":{"{{{new string('m', 1 << 20)}}}":1}}]"""));

    private static readonly byte[] LargeAnswer = Post(Encoding.ASCII.GetString(Requests.OneMetric()));

    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _stop = new();

    public static readonly IReadOnlyList<string> All = ["500 that do not read", "8,192 silent", "200 slow bodies", "two endless queries"];

    /// <summary>What they do, by name.</summary>
    public IReadOnlyDictionary<string, Func<Task>> Kinds => new Dictionary<string, Func<Task>>
    {
        [All[0]] = DoNotReadAsync,
        [All[1]] = AreSilentAsync,
        [All[2]] = AreSlowAsync,
        [All[3]] = AskEndlesslyAsync,
    };

    /// <summary>Ask for a large answer and never read it.</summary>
    private Task DoNotReadAsync() => ForEachAsync(NotReading, async () =>
    {
        // A name of a megabyte comes back in the answer, unless it is cut.
        var socket = await ConnectAsync("127.0.0.2", 4096);
        await SendAsync(socket, LongName);
        // And series whose answers are large in any case.
        for (var i = 0; i < 20; i++)
            await SendAsync(socket, LargeAnswer);
    });

    /// <summary>Connect, and say nothing.</summary>
    private Task AreSilentAsync() => ForEachAsync(Silent, () => ConnectAsync("127.0.0.3"));

    /// <summary>Announce a body and send a byte of it now and then.</summary>
    private Task AreSlowAsync() => ForEachAsync(Slow, async () =>
    {
        var socket = await ConnectAsync("127.0.0.4");
        await SendAsync(socket, Encoding.ASCII.GetBytes(
            "POST /calculate HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: 12000000\r\n\r\ndata="));
        _ = TrickleAsync(socket);
    });

    /// <summary>Ask the embedded engine for as much as one query may.</summary>
    private Task AskEndlesslyAsync()
    {
        var query = HeavyQuery.Text();
        return ForEachAsync(Endless, async () =>
        {
            var socket = await ConnectAsync("127.0.0.5");
            await SendAsync(socket, Post(Field("query", query)));
        });
    }

    public void Dispose()
    {
        _stop.Cancel();
        lock (_sockets)
            _sockets.ForEach(static socket => socket.Dispose());
    }

    private static string Field(string name, string text) =>
        name + "=" + Uri.EscapeDataString(Convert.ToBase64String(Encoding.ASCII.GetBytes(text)));

    private static byte[] Post(string form) => Encoding.ASCII.GetBytes(
        "POST /calculate HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        + form.Length.ToString(CultureInfo.InvariantCulture) + "\r\n\r\n" + form);

    private async Task ForEachAsync(int count, Func<Task> attack)
    {
        for (var i = 0; i < count; i++)
        {
            try
            {
                await attack();
            }
            catch (SocketException)
            {
                // Refused, or cut off: the service may do that to them.
            }
        }
    }

    private async Task TrickleAsync(Socket socket)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await Task.Delay(1000, _stop.Token);
                await socket.SendAsync("A"u8.ToArray(), _stop.Token);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut off.
        }
    }

    private async Task<Socket> ConnectAsync(string address, int? receiveBuffer = null)
    {
        var socket = await RawClient.ConnectAsync(service, address, receiveBuffer);
        lock (_sockets)
            _sockets.Add(socket);
        return socket;
    }

    /// <summary>A client that does not read may find that nothing is read from it any more, either.</summary>
    private static async Task SendAsync(Socket socket, byte[] bytes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await RawClient.SendAllAsync(socket, bytes, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // That is all that it takes.
        }
    }
}
