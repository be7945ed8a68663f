using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Service.Tests.Process;

/// <summary>HTTP/2, which is spoken with TLS: a client that opens streams and resets them at once does not shut the others out.</summary>
[Trait("tier", "integration")]
public sealed class HttpTwoTests : IDisposable
{
    private const byte Headers = 1, Reset = 3, Settings = 4, EndOfStreamAndHeaders = 5;
    private const int Streams = 5000;

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    /// <summary>GET https://localhost/health/ready, without compression (RFC 7541, 6.1 and 6.2.2).</summary>
    private static readonly byte[] Question =
        [0x82, 0x87, 0x04, 13, .. "/health/ready"u8, 0x01, 9, .. "localhost"u8];

    private readonly TestAuthority _authority = new("localhost");

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Streams_ResetWithoutEnd_LeaveOthersTheirAnswers()
    {
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Security__certificate"] = _authority.CertificateFile,
            ["Security__certificate_key"] = _authority.KeyFile,
        });
        using var handler = new SocketsHttpHandler { SslOptions = Trusting() };
        using var other = new HttpClient(handler) { BaseAddress = service.Address, DefaultRequestVersion = HttpVersion.Version20 };
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(service.Address.Host, service.Address.Port, Stop);
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(Trusting(SslApplicationProtocol.Http2), Stop);
        stream.NegotiatedApplicationProtocol.ShouldBe(SslApplicationProtocol.Http2);

        var resetting = ResetAsync(stream);
        for (var i = 0; i < 10; i++)
        {
            using var answer = await other.GetAsync("/health/ready", Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Version.ShouldBe(HttpVersion.Version20);
        }
        await resetting;
        (await other.GetAsync("/health/live", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ResetAsync(SslStream stream)
    {
        var reading = stream.CopyToAsync(Stream.Null, Stop);
        try
        {
            await stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])], Stop);
            for (var i = 0; i < Streams; i++)
            {
                byte[] pair = [.. Frame(Headers, EndOfStreamAndHeaders, 2 * i + 1, Question), .. Frame(Reset, 0, 2 * i + 1, [0, 0, 0, 8])];
                await stream.WriteAsync(pair, Stop);
            }
        }
        catch (IOException)
        {
            // The service has ended the connection, as it may.
        }
        finally
        {
            stream.Close();
            await reading.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] content)
    {
        var frame = new byte[9 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        content.CopyTo(frame, 9);
        return frame;
    }

    private static SslClientAuthenticationOptions Trusting(params List<SslApplicationProtocol> protocols) => new()
    {
        TargetHost = "localhost",
        ApplicationProtocols = protocols.Count > 0 ? protocols : null,
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
    };
}
