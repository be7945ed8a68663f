using System.Net.Sockets;
using System.Text;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>What systemd hears from a unit of the type notify.</summary>
[Trait("tier", "integration")]
public sealed class SystemdTests
{
    [Fact]
    public async Task Serve_UnderSystemd_SaysThatItIsReadyAliveAndStopping()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = path,
            ["WATCHDOG_USEC"] = "200000",
        });

        (await HearAsync(systemd)).ShouldBe("READY=1");
        (await HearAsync(systemd)).ShouldBe("WATCHDOG=1");
        (await HearAsync(systemd)).ShouldBe("WATCHDOG=1");
        (await service.StopAsync()).ShouldBe(0);
        string last;
        while ((last = await HearAsync(systemd)) == "WATCHDOG=1")
        {
            // Those that it sent before.
        }
        last.ShouldBe("STOPPING=1");
    }

    private static async Task<string> HearAsync(Socket socket)
    {
        var buffer = new byte[100];
        var length = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
