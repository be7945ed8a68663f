using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Clock;

/// <summary>
/// The system's clock corrected by what an NTP server says; without one, or while it does not answer, the system's clock as it is.
/// </summary>
/// <param name="server">Name or address, a port behind a colon; null asks nobody.</param>
/// <param name="system">The clock that is corrected, and that waits.</param>
/// <param name="logger">Gets what is odd.</param>
public sealed class NetworkClock(string? server, TimeProvider system, ILogger<NetworkClock> logger) : TimeProvider
{
    private const int NtpPort = 123, Tries = 3;

    /// <summary>A quartz clock drifts by some 10 ms within it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongPause = TimeSpan.FromHours(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>From here on people should know: tokens, signatures and training intervals begin to suffer.</summary>
    private static readonly TimeSpan Remarkable = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The clock does not believe a server that is further away than this: a machine's clock is hardly ever off by so
    /// much, a false server by any amount. It is ntpd's limit.
    /// </summary>
    public static readonly TimeSpan LargestStep = TimeSpan.FromSeconds(1000);

    private long _offset;

    /// <summary>What is added to the system's clock.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Whether the last question was answered, and the answer believed.</summary>
    public bool IsSynchronized { get; private set; }

    public override DateTimeOffset GetUtcNow() => system.GetUtcNow() + Offset;

    public override long GetTimestamp() => system.GetTimestamp();

    public override long TimestampFrequency => system.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    /// <summary>Asks now and then until cancelled, or until the server refuses to be asked.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (server is null)
            return;
        while (true)
        {
            var reply = await AskAsync(cancellation);
            if (reply.Kind == SntpReplyKind.Refused)
                return;
            await Task.Delay(reply.Kind == SntpReplyKind.AskLess ? LongPause : Pause, system, cancellation);
        }
    }

    /// <summary>Asks once, a few times over when packets get lost. What is not an answer leaves the offset as it is.</summary>
    public async Task<SntpReply> AskAsync(CancellationToken cancellation)
    {
        var reply = new SntpReply(SntpReplyKind.Wrong, default, default, "no server is set");
        for (var i = 0; i < Tries && server is not null && reply.Kind == SntpReplyKind.Wrong; i++)
            reply = await TryAsync(server, cancellation);
        if (reply.Kind == SntpReplyKind.Time && reply.Offset.Duration() > LargestStep)
            return Disbelieve(reply);
        IsSynchronized = reply.Kind == SntpReplyKind.Time;
        if (IsSynchronized)
            Adopt(reply.Offset);
        else
            logger.LogWarning("The NTP server {Server} gave no time, the clock stays as it is: {Reason}", server, reply.Reason);
        return reply;
    }

    private void Adopt(TimeSpan offset)
    {
        Interlocked.Exchange(ref _offset, offset.Ticks);
        logger.Log(
            offset.Duration() > Remarkable ? LogLevel.Warning : LogLevel.Information,
            "The system's clock is {Offset:0.000} s {Side} that of {Server}",
            offset.Duration().TotalSeconds,
            Side(offset),
            server);
    }

    /// <summary>One of the two clocks is badly wrong, and the machine's is the one that people see.</summary>
    private SntpReply Disbelieve(SntpReply reply)
    {
        IsSynchronized = false;
        Interlocked.Exchange(ref _offset, 0);
        var (away, most) = (reply.Offset.Duration().TotalSeconds, LargestStep.TotalSeconds);
        logger.LogWarning(
            "The system's clock is {Offset:0} s {Side} that of {Server}: more than {Most:0} s are not believed, "
            + "the system's clock is used; set one of them right",
            away,
            Side(reply.Offset),
            server,
            most);
        return new(SntpReplyKind.Wrong, default, default, string.Create(
            CultureInfo.InvariantCulture, $"its time is {away:0} s away from this machine's; at most {most:0} s are believed"));
    }

    private static string Side(TimeSpan offset) => offset < TimeSpan.Zero ? "ahead of" : "behind";

    private async Task<SntpReply> TryAsync(string address, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, system);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var (host, port) = Split(address);
            using var socket = new UdpClient();
            await Task.Run(() => socket.Connect(host, port), either.Token).WaitAsync(either.Token);
            var packet = new byte[SntpPacket.Length];
            var sent = system.GetUtcNow();
            SntpPacket.WriteRequest(packet, sent);
            await socket.SendAsync(packet, either.Token);
            while (true)
            {
                var answer = await socket.ReceiveAsync(either.Token);
                var reply = SntpPacket.ReadReply(answer.Buffer, sent, system.GetUtcNow());
                // Late answers to earlier questions, and what others send, are passed over.
                if (reply.Kind != SntpReplyKind.Wrong || limit.IsCancellationRequested)
                    return reply;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(SntpReplyKind.Wrong, default, default, $"no usable answer within {Patience.TotalSeconds:0} s");
        }
        catch (SocketException error)
        {
            return new(SntpReplyKind.Wrong, default, default, $"it cannot be reached ({error.SocketErrorCode})");
        }
    }

    /// <summary>host, host:port, [v6]:port; a bare IPv6 address has more than one colon and no port.</summary>
    private static (string Host, int Port) Split(string address)
    {
        var colon = address.LastIndexOf(':');
        var port = colon > 0 && (address.IndexOf(':') == colon || address[colon - 1] == ']')
            && int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return port is null ? (address.Trim('[', ']'), NtpPort) : (address[..colon].Trim('[', ']'), port.Value);
    }
}
