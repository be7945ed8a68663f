using AiOutliers.Monitoring.Alerts;

namespace AiOutliers.Monitoring.Tests.Alerts;

/// <summary>What receivers make of messages, the real ones.</summary>
[Trait("tier", "integration")]
public sealed class RealReceiverTests
{
    [Fact]
    public async Task Alertmanager_HasAnAlertFromBeginToEnd()
    {
        await using var server = await AlertmanagerServer.StartAsync();
        var contact = $"alertmanager: {{ url: '{server.Address}' }}";

        await SendAsync(contact, ContactSending.Message);
        await SendAsync(contact, ContactSending.Message with { Event = AlertMessage.Update, Severity = 99 });
        await SendAsync(contact, ContactSending.Hostile with { Incident = "hostile" });

        var alerts = await server.AlertsAsync();
        alerts.Count.ShouldBe(2);
        var labels = alerts.Select(static alert => alert.GetProperty("labels"))
            .Single(static one => one.GetProperty("incident").GetString() == "abc");
        (labels.GetProperty("monitor").GetString(), labels.GetProperty("team").GetString()).ShouldBe(("edge", "noc"));
        await SendAsync(contact, ContactSending.Message with { Event = AlertMessage.End });
        (await server.AlertsAsync()).ShouldHaveSingleItem().GetProperty("labels").GetProperty("incident").GetString().ShouldBe("hostile");
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task Rsyslog_WritesALineForEachMessage(string protocol)
    {
        await using var server = await SyslogServer.StartAsync();
        var contact = $"syslog: {{ host: 127.0.0.1, port: {server.Port}, protocol: {protocol} }}";

        await ContactSending.SendAsync(contact);
        await ContactSending.SendAsync(contact, ContactSending.Hostile);
        await ContactSending.SendAsync(contact, ContactSending.Message with { Event = AlertMessage.End });

        var lines = await server.LinesAsync(3);
        lines.Count.ShouldBe(3);
        lines[0].ShouldStartWith("local0.crit rb-aioutliers CEF:0|redBorder|rb-aioutliers|1|level_shift|");
        lines[0].ShouldContain("cs2=sensor_name\\=a|b\\=<c> d");
        lines[1].ShouldStartWith("local0.crit rb-aioutliers CEF:0|");
        lines[1].ShouldNotContain("X-Injected: yes");
        lines[2].ShouldStartWith("local0.notice rb-aioutliers CEF:0|");
    }

    [Fact]
    public async Task Mail_BringsThePictureOfTheIncident()
    {
        await using var box = new MailBox();
        var contact = $"email: {{ server: 127.0.0.1, port: {box.Port}, security: none, from: ai@example.net, to: [noc@example.net] }}";
        byte[] png = [0x89, 0x50, 0x4e, 0x47, 1, 2, 3];

        await ContactSending.SendAsync(contact, ContactSending.Hostile, new Pictures(png));
        await ContactSending.SendAsync(contact, null, new Pictures(null));

        var (first, second) = (box.Messages[0], box.Messages[1]);
        var picture = first.BodyParts.OfType<MimeKit.MimePart>().Single(static part => part.ContentType.MimeType == "image/png");
        first.HtmlBody!.ShouldContain($"<img src=\"cid:{picture.ContentId}\"");
        first.HtmlBody!.ShouldNotContain("<script>");
        first.Headers["X-Injected"].ShouldBeNull();
        using var content = new MemoryStream();
        await picture.Content!.DecodeToAsync(content);
        content.ToArray().ShouldBe(png);
        second.BodyParts.Count().ShouldBe(2);
    }

    /// <summary>Alertmanager takes an alert for resolved by its own clock.</summary>
    private static Task SendAsync(string contact, AlertMessage message) =>
        ContactSending.SendAsync(contact, message, time: TimeProvider.System.GetUtcNow());

    private sealed class Pictures(byte[]? picture) : IIncidentPictures
    {
        public Task<byte[]?> DrawAsync(string incident, CancellationToken cancellation) => picture is null
            ? Task.FromException<byte[]?>(new Detection.AiOutliersException(Detection.ErrorKind.SourceFailed, "the broker is gone"))
            : Task.FromResult<byte[]?>(picture);
    }
}
