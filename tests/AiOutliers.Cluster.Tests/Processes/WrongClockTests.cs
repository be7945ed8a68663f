using System.Net;
using System.Net.Sockets;
using AiOutliers.Cluster.Clock;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Cluster.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>A time server and a Redis that are a year ahead: the real scheduler goes on by the system's clock, and everybody can see why.</summary>
[Trait("tier", "integration")]
public sealed class WrongClockTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    [Fact]
    public async Task Schedule_TimesOfAYearAhead_EnqueuesAllTheSame()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _ = AnswerAsync(server);
        await using var redis = await RedisServer.StartAsync();
        await WriteLastTickAsync(redis, TimeProvider.System.GetUtcNow() + Year);
        var port = Loopback.FreePort();
        await using var scheduler = ServiceCommand.Start(new Dictionary<string, string>
        {
            ["Redis__rd_hostname"] = "127.0.0.1",
            ["Redis__rd_port"] = $"{redis.Port}",
            ["NTP__ntp_server"] = $"127.0.0.1:{((IPEndPoint)server.Client.LocalEndPoint!).Port}",
            ["Outliers__model_names"] = "traffic",
            ["Outliers__schedule_hour"] = "* * * * *",
            ["Jobs__health_port"] = $"{port}",
            ["OutliersServerProduction__outliers_binding_address"] = "127.0.0.1",
        }, "schedule");
        using var queue = JobQueue.Open(
            new() { Redis = new("127.0.0.1", redis.Port, null) }, TestJobs.Kinds, NullLoggerFactory.Instance);
        var board = new JobBoard(queue);

        await JobWaiting.UntilAsync(async () => (await board.ListAsync()).Count > 0, () => scheduler.Log);

        scheduler.Log.ShouldContain("not believed");
        scheduler.Log.ShouldContain("lies in the future: it is ignored");
        using var http = new HttpClient();
        (await http.GetStringAsync($"http://127.0.0.1:{port}/metrics")).ShouldMatch("aioutliers_clock_synchronized\\{[^}]*\\} 0");
        (await scheduler.StopAsync()).ShouldBe(0, scheduler.Log);
    }

    private static async Task WriteLastTickAsync(RedisServer redis, DateTimeOffset tick)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        await connection.GetDatabase().HashSetAsync("{rb-aioutliers}:schedule:last", "tick", tick.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
    }

    private static async Task AnswerAsync(UdpClient server)
    {
        while (true)
        {
            var question = await server.ReceiveAsync();
            var (answer, stamped) = (question.Buffer.ToArray(), new byte[SntpPacket.Length]);
            (answer[0], answer[1]) = (0x24, 2);
            question.Buffer.AsSpan(40, 8).CopyTo(answer.AsSpan(24));
            SntpPacket.WriteRequest(stamped, TimeProvider.System.GetUtcNow() + Year);
            stamped.AsSpan(40, 8).CopyTo(answer.AsSpan(32));
            stamped.AsSpan(40, 8).CopyTo(answer.AsSpan(40));
            await server.SendAsync(answer, question.RemoteEndPoint);
        }
    }
}
