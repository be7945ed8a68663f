using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>What one client does must not shut the others out.</summary>
[Trait("tier", "integration")]
public sealed partial class OneClientTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_MoreThanTheShareOfOneAddress_LeavesRoomForAnother()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 4300; i++)
                sockets.Add(await ConnectAsync(service, "127.0.0.2"));
            using var other = await ConnectAsync(service, "127.0.0.3");
            (await AskAsync(other, "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .ShouldMatch("aioutliers_admission_refused_total\\{[^}]*budget=\"connections\"[^}]*\\} [1-9]");
            using var again = await ConnectAsync(service, "127.0.0.2");
            (await AskAsync(again, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldBeEmpty();
        }
        finally
        {
            sockets.ForEach(static socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Connect_AndSayNothing_IsClosedSoon()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);
        using var silent = await ConnectAsync(service, "127.0.0.1");
        (await AskAsync(silent, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_HealthPort_AnswersHealthAndMetricsOnly()
    {
        var port = FreePort();
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["OutliersServerProduction__health_port"] = $"{port}",
        });
        using var health = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        (await health.GetAsync("/health/live", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await health.GetAsync("/health/ready", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await health.GetStringAsync("/metrics", Stop)).ShouldContain("aioutliers_admission_used");
        (await health.PostAsync("/calculate", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await service.Client.GetAsync("/health/live", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A metric's name of a megabyte is not even read: messages and headers would repeat it.</summary>
    [Fact]
    public async Task Post_LongName_IsRefusedAndNotRepeated()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);
        var rows = Rows.Row(Rows.Stamp(0), "1").Replace("bytes", new string('m', 1 << 20), StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("data", Convert.ToBase64String(Encoding.UTF8.GetBytes($"[{rows}]")))]);
        using var response = await service.Client.PostAsync("/calculate", form, Stop);

        var answer = await response.Content.ReadAsStringAsync(Stop);
        answer.ShouldContain("a name has 1048576 bytes, more than a metric's may have");
        answer.Length.ShouldBeLessThan(2000);
        response.Headers.ToString().Length.ShouldBeLessThan(2000);
    }

    /// <summary>More than any configuration accepts is refused in words, and not told to come again.</summary>
    [Theory]
    [InlineData("/calculate", "application/x-www-form-urlencoded")]
    [InlineData("/api/v1/ip_identifier", "application/x-www-form-urlencoded")]
    [InlineData("/api/v2/detect", "application/json")]
    public async Task Post_MoreThanAnyBodyMayBe_Is413(string path, string type)
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);
        using var client = await ConnectAsync(service, "127.0.0.1");

        var answer = await AskAsync(client, $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: 700000000\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain("larger than the service accepts");
    }

    /// <summary>Without HTTP/1.1's marks of length an answer lasts until the connection ends.</summary>
    [Fact]
    public async Task Get_ByHttp10_UnknownPath_IsWholeAndTheConnectionEnds()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);
        using var client = await ConnectAsync(service, "127.0.0.1");

        var answer = await AskAsync(client, "GET /no-such-place HTTP/1.0\r\n\r\n");

        answer.ShouldContain(" 404 ");
        using var problem = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]);
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe(404);
    }

    /// <summary>Clients that send and do not read: each connection holds its buffers and no more, and another address is answered.</summary>
    [Fact]
    public async Task Post_ManyAndNeverRead_HoldLittleAndOthersAreAnswered()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);
        var body = "data=" + Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(Rows.Day(1440))));
        var request = Encoding.ASCII.GetBytes("POST /calculate HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 60; i++)
                sockets.Add(await ConnectAsync(service, "127.0.0.2", buffer: 4096));
            // What it does not bound, the system's buffers would take: four megabytes and more.
            var taken = await Task.WhenAll(sockets.Select(socket => FilledAsync(socket, request, 8 << 20)));

            taken.Average().ShouldBeLessThan(2 << 20);
            (await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)))).Status.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            sockets.ForEach(static socket => socket.Dispose());
        }
    }

    /// <returns>Bytes that went before nothing more did for a second.</returns>
    private static async Task<long> FilledAsync(Socket socket, byte[] request, long most)
    {
        var sent = 0L;
        try
        {
            while (sent < most)
            {
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(Stop);
                pause.CancelAfter(TimeSpan.FromSeconds(1));
                sent += await socket.SendAsync(request.AsMemory((int)(sent % request.Length)), pause.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            // Full, or cut off.
        }
        return sent;
    }

    [Fact]
    public async Task Post_ClientsThatGoAway_AreNotErrors()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command);
        var body = "data=" + Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(Rows.Day(20_000))));
        var head = "POST /calculate HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n";
        for (var i = 0; i < 60; i++)
        {
            using var client = await ConnectAsync(service, "127.0.0.1");
            // Some leave in the middle of the body, some before the answer; the connection is reset.
            await client.SendAsync(Encoding.ASCII.GetBytes(head + (i % 3 == 0 ? body[..^10] : body)), Stop);
            await Task.Delay(i % 7 * 5, Stop);
            client.LingerState = new(true, 0);
        }
        (await ServiceFixture.PostAsync(service, "/calculate", ("data", Rows.Day(100)))).Status.ShouldBe(HttpStatusCode.OK);

        ErrorLine().Matches(service.Log).ShouldBeEmpty();
        await service.SaysAsync("went away");
    }

    private static async Task<Socket> ConnectAsync(ServiceProcess service, string from, int? buffer = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
        if (buffer is { } size)
            (socket.ReceiveBufferSize, socket.SendBufferSize) = (size, size);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        try
        {
            await socket.ConnectAsync(service.Address.Host, service.Address.Port);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Refused as soon as it was there.
        }
        return socket;
    }

    /// <returns>All that comes until the other side closes.</returns>
    private static async Task<string> AskAsync(Socket socket, string text)
    {
        var answer = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(text), Stop);
            while (await socket.ReceiveAsync(buffer, Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(40), Stop) is > 0 and var read)
                answer.Write(buffer, 0, read);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.NotConnected)
        {
            // Closed without a word.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [GeneratedRegex("^.* (ERR|FTL) .*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
