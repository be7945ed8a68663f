using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// RFC 5424 over UDP, TCP or TLS (octet counting, RFC 6587); the message is CEF, which security information systems read.
/// </summary>
internal sealed class SyslogSender : IAlertSender
{
    private const int Local0 = 16, LongestDatagram = 8192;

    public ContactType Type => ContactType.Syslog;

    public async Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        var (host, protocol) = (contact.Value("host")!, contact.Value("protocol") ?? "udp");
        var port = int.Parse(contact.Value("port") ?? (protocol == "tls" ? "6514" : "514"), CultureInfo.InvariantCulture);
        var facility = int.Parse(contact.Value("facility") ?? $"{Local0}", CultureInfo.InvariantCulture);
        var lines = batch.Messages.Select(message => Line(message, facility, batch.Time));
        try
        {
            if (protocol == "udp")
                await SendDatagramsAsync(host, port, lines, cancellation);
            else
                await SendStreamAsync(host, port, protocol == "tls", lines, cancellation);
        }
        catch (Exception error) when (error is SocketException or IOException or AuthenticationException)
        {
            throw new DeliveryException($"syslog does not take it: {error.Message}", error);
        }
    }

    internal static string Line(AlertMessage message, int facility, DateTimeOffset now)
    {
        var severity = message.Event == AlertMessage.End ? 5 : message.Severity switch { >= 90 => 2, >= 75 => 3, >= 50 => 4, _ => 5 };
        var time = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return $"<{facility * 8 + severity}>1 {time} {Environment.MachineName} rb-aioutliers {Environment.ProcessId} incident - "
            + CommonEventFormat.Of(message);
    }

    private static async Task SendDatagramsAsync(string host, int port, IEnumerable<string> lines, CancellationToken cancellation)
    {
        using var client = new UdpClient();
        client.Connect(host, port);
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            await client.SendAsync(bytes.AsMemory(0, Math.Min(bytes.Length, LongestDatagram)), cancellation);
        }
    }

    private static async Task SendStreamAsync(string host, int port, bool isTls, IEnumerable<string> lines, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellation);
        Stream stream = client.GetStream();
        if (isTls)
        {
            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellation);
            stream = secure;
        }
        await using (stream)
        {
            foreach (var line in lines)
            {
                var bytes = Encoding.UTF8.GetBytes(line);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length} "), cancellation);
                await stream.WriteAsync(bytes, cancellation);
            }
            await stream.FlushAsync(cancellation);
        }
    }
}
