using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Process;

/// <summary>SIGTERM: who has asked gets an answer.</summary>
[Trait("tier", "integration")]
public sealed class StoppingTests
{
    private const int Clients = 60;

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_RequestsAtWork_AreAllAnswered()
    {
        var arrived = 0;
        var release = new TaskCompletionSource();
        await using var broker = await FakeBroker.StartAsync(async (context, _) =>
        {
            Interlocked.Increment(ref arrived);
            await release.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Rows.Day(60));
        });
        await using var service = await StartAsync(broker.Endpoint);
        var answers = Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var client = await ConnectAsync(service);
            return await AskAsync(client, Query());
        }).ToList();
        while (Volatile.Read(ref arrived) < Clients)
            await Task.Delay(20, Stop);

        var ending = service.StopAsync();
        await Task.Delay(500, Stop);
        release.SetResult();

        foreach (var answer in await Task.WhenAll(answers))
            answer.ShouldStartWith("HTTP/1.1 200 OK");
        (await ending).ShouldBe(0);
    }

    /// <summary>
    /// Bytes that are there when the signal comes are a request, whether the service has read them or not, and whether it has accepted the
    /// connection or not: it sleeps while they come, and wakes with the signal.
    /// </summary>
    [Fact]
    public async Task Stop_RequestsThatHaveJustArrived_AreAllAnswered()
    {
        await using var service = await StartAsync(null);
        var clients = new List<Socket>();
        for (var i = 0; i < Clients / 2; i++)
            clients.Add(await ConnectAsync(service));
        await service.SignalAsync("STOP");
        while (clients.Count < Clients)
            clients.Add(await ConnectAsync(service));
        foreach (var client in clients)
            client.Send(Encoding.ASCII.GetBytes(Data()));
        await service.SignalAsync("TERM");
        await service.SignalAsync("CONT");
        var ending = service.StopAsync();

        foreach (var client in clients)
            (await ReadAsync(client)).ShouldStartWith("HTTP/1.1 200 OK");
        (await ending).ShouldBe(0);
    }

    private static Task<ServiceProcess> StartAsync(Uri? broker) => ServiceProcess.StartAsync(
        ServiceFixture.Command, broker is null ? [] : new Dictionary<string, string> { ["Druid__druid_endpoint"] = broker.ToString() });

    private static string Data() => Post("data", Rows.Day(100));

    private static string Query() => Post("query", """
        {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["2023-10-12/PT1H"],
         "aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]}
        """);

    private static string Post(string field, string text)
    {
        var form = field + "=" + Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        return "POST /calculate HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.Length.ToString(CultureInfo.InvariantCulture) + "\r\n\r\n" + form;
    }

    private static async Task<Socket> ConnectAsync(ServiceProcess service)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(service.Address.Host, service.Address.Port);
        return socket;
    }

    private static async Task<string> AskAsync(Socket socket, string text)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), Stop);
        return await ReadAsync(socket);
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[65_536];
            var length = await socket.ReceiveAsync(buffer, Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(40), Stop);
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
    }
}
