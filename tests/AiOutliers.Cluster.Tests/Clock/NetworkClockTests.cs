using System.Net;
using System.Net.Sockets;
using AiOutliers.Cluster.Clock;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Clock;

public sealed class NetworkClockTests
{
    [Fact]
    public async Task Ask_ServerAhead_CorrectsTheClock()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var answering = AnswerAsync(server, question => Answer(question, TimeSpan.FromSeconds(900)));
        var clock = Create(server);

        (await clock.AskAsync(default)).Kind.ShouldBe(SntpReplyKind.Time);
        await answering;

        clock.IsSynchronized.ShouldBeTrue();
        clock.Offset.TotalSeconds.ShouldBe(900, 2.0);
        (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalSeconds.ShouldBe(900, 2.0);
    }

    [Fact]
    public async Task Run_ServerRefuses_AsksNoMore()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _ = AnswerAsync(server, question =>
        {
            var answer = question.ToArray();
            (answer[0], answer[1]) = (0x24, 0);
            question.AsSpan(40, 8).CopyTo(answer.AsSpan(24));
            "DENY"u8.CopyTo(answer.AsSpan(12));
            return answer;
        });
        var clock = Create(server);
        await clock.RunAsync(TestContext.Current.CancellationToken);
        clock.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Ask_NobodyThereOrOnlyNonsense_LeavesTheSystemsClock()
    {
        var nobody = new NetworkClock($"127.0.0.1:{Loopback.FreePort()}", TimeProvider.System, NullLogger<NetworkClock>.Instance);
        (await nobody.AskAsync(default)).Kind.ShouldBe(SntpReplyKind.Wrong);
        nobody.Offset.ShouldBe(TimeSpan.Zero);

        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _ = AnswerAsync(server, _ => [1, 2, 3]);
        var clock = Create(server);
        (await clock.AskAsync(default)).Kind.ShouldBe(SntpReplyKind.Wrong);
        clock.IsSynchronized.ShouldBeFalse();
        clock.Offset.ShouldBe(TimeSpan.Zero);

        var unset = new NetworkClock(null, TimeProvider.System, NullLogger<NetworkClock>.Instance);
        await unset.RunAsync(default);
        unset.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(365 * 86_400, "behind")]
    [InlineData(-365 * 86_400, "ahead of")]
    [InlineData(1010, "behind")]
    public async Task Ask_ServerFarAway_GoesBackToTheSystemsClockAndSaysSo(int seconds, string side)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var log = new LogLines<NetworkClock>();
        var clock = Create(server, log);
        var answering = AnswerAsync(server, static question => Answer(question, TimeSpan.FromSeconds(-900)));
        await clock.AskAsync(default);
        await answering;
        clock.Offset.ShouldNotBe(TimeSpan.Zero);

        answering = AnswerAsync(server, question => Answer(question, TimeSpan.FromSeconds(seconds)));
        (await clock.AskAsync(default)).Kind.ShouldBe(SntpReplyKind.Wrong);
        await answering;

        (clock.Offset, clock.IsSynchronized).ShouldBe((TimeSpan.Zero, false));
        log.Lines.ShouldContain(line => line.Contains($"s {side} that of", StringComparison.Ordinal) && line.Contains("not believed", StringComparison.Ordinal));
    }

    private static byte[] Answer(byte[] question, TimeSpan ahead)
    {
        var answer = question.ToArray();
        (answer[0], answer[1]) = (0x24, 2);
        question.AsSpan(40, 8).CopyTo(answer.AsSpan(24));
        var stamped = new byte[SntpPacket.Length];
        SntpPacket.WriteRequest(stamped, TimeProvider.System.GetUtcNow() + ahead);
        stamped.AsSpan(40, 8).CopyTo(answer.AsSpan(32));
        stamped.AsSpan(40, 8).CopyTo(answer.AsSpan(40));
        return answer;
    }

    private static NetworkClock Create(UdpClient server, ILogger<NetworkClock>? log = null) => new(
        $"127.0.0.1:{((IPEndPoint)server.Client.LocalEndPoint!).Port}", TimeProvider.System, log ?? NullLogger<NetworkClock>.Instance);

    private static async Task AnswerAsync(UdpClient server, Func<byte[], byte[]> answer)
    {
        var question = await server.ReceiveAsync();
        await server.SendAsync(answer(question.Buffer), question.RemoteEndPoint);
    }
}
