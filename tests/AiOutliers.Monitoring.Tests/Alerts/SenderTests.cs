using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AiOutliers.Monitoring.Alerts;

namespace AiOutliers.Monitoring.Tests.Alerts;

public sealed class SenderTests
{
    private static AlertMessage Message => ContactSending.Message;

    [Fact]
    public async Task Slack_GetsNamesAsText()
    {
        await using var receiver = await Receiver.StartAsync();

        await SendAsync($"slack: {{ url: '{receiver.Address}/services/x' }}");

        var body = JsonDocument.Parse(receiver.Requests.ShouldHaveSingleItem().Body).RootElement;
        body.GetProperty("text").GetString().ShouldBe("level shift of bytes of sensor_name=a|b=&lt;c&gt; d (edge)");
        var attachment = body.GetProperty("attachments")[0];
        attachment.GetProperty("color").GetString().ShouldBe("danger");
        attachment.GetProperty("text").GetString()!.ShouldContain("2 G where 1 G was expected");
    }

    [Fact]
    public async Task PagerDuty_GetsTheIncidentAsItsKey()
    {
        await using var receiver = await Receiver.StartAsync();

        await SendAsync($"pagerduty: {{ routingKey: r0uting, url: '{receiver.Address}/v2/enqueue' }}");
        await SendAsync($"pagerduty: {{ routingKey: r0uting, url: '{receiver.Address}/v2/enqueue' }}", Message with { Event = AlertMessage.End });

        var bodies = receiver.Requests.Select(static one => JsonDocument.Parse(one.Body).RootElement).ToList();
        bodies.Select(static body => body.GetProperty("event_action").GetString()).ShouldBe(["trigger", "resolve"]);
        bodies.ShouldAllBe(static body => body.GetProperty("dedup_key").GetString() == "abc");
        bodies[0].GetProperty("payload").GetProperty("severity").GetString().ShouldBe("critical");
    }

    [Fact]
    public async Task Alertmanager_GetsLabelsThatItAllows()
    {
        await using var receiver = await Receiver.StartAsync();

        await SendAsync($"alertmanager: {{ url: '{receiver.Address}/', user: u, password: p }}");

        var (path, body, headers) = receiver.Requests.ShouldHaveSingleItem();
        path.ShouldBe("/api/v2/alerts");
        headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String("u:p"u8));
        var labels = JsonDocument.Parse(body).RootElement[0].GetProperty("labels");
        labels.GetProperty("team").GetString().ShouldBe("noc");
        labels.TryGetProperty("9bad", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Syslog_GetsCefInRfc5424(string protocol)
    {
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        var port = ((IPEndPoint)(protocol == "udp" ? udp.Client.LocalEndPoint! : tcp.LocalEndpoint)).Port;
        var received = protocol == "udp" ? ReceiveAsync(udp) : ReceiveAsync(tcp);

        await SendAsync($"syslog: {{ host: 127.0.0.1, port: {port}, protocol: {protocol} }}");

        var text = await received;
        if (protocol == "tcp")
        {
            var space = text.IndexOf(' ');
            (var length, text) = (text[..space], text[(space + 1)..]);
            Encoding.UTF8.GetByteCount(text).ShouldBe(int.Parse(length));
        }
        text.ShouldStartWith("<130>1 2026-03-02T10:00:00.000Z ");
        text.ShouldContain("CEF:0|redBorder|rb-aioutliers|1|level_shift|level shift of bytes of sensor_name=a\\|b=<c> d (edge)|9|");
        text.ShouldContain(" cs2=sensor_name\\=a|b\\=<c> d ");
        text.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Email_IsTextAndHtml_WithNamesAsText()
    {
        await using var mails = new MailBox();

        await SendAsync(
            $"email: {{ server: 127.0.0.1, port: {mails.Port}, security: none, from: ai@example.net, to: [noc@example.net, two@example.net] }}");

        var mail = mails.Messages.ShouldHaveSingleItem();
        mail.Subject.ShouldBe("level shift of bytes of sensor_name=a|b=<c> d (edge)");
        mail.To.Count.ShouldBe(2);
        mail.MessageId.ShouldBe("key-1@rb-aioutliers");
        mail.TextBody!.ShouldContain("much & more");
        mail.HtmlBody!.ShouldContain("a|b=&lt;c&gt; d");
    }

    [Fact]
    public async Task Email_WithoutTls_IsRefusedUnlessTheContactSaysSo()
    {
        await using var mails = new MailBox();

        await Should.ThrowAsync<DeliveryException>(() => SendAsync(
            $"email: {{ server: 127.0.0.1, port: {mails.Port}, from: ai@example.net, to: [noc@example.net], user: u, password: p }}"));

        mails.Messages.ShouldBeEmpty();
    }

    private static Task SendAsync(string contact, AlertMessage? message = null) => ContactSending.SendAsync(contact, message);

    private static async Task<string> ReceiveAsync(UdpClient client) => Encoding.UTF8.GetString((await client.ReceiveAsync()).Buffer);

    private static async Task<string> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
