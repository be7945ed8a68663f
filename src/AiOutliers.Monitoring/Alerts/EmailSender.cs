using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AiOutliers.Detection;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// E-mail, as text and as HTML with a picture of each incident. STARTTLS unless the contact says otherwise: a password is never sent in the
/// clear by default.
/// </summary>
internal sealed class EmailSender(Func<IIncidentPictures?> pictures, TimeProvider clock) : IAlertSender
{
    private const int MostPictures = 3;

    /// <summary>A message must not wait for its pictures longer than it may take to be sent.</summary>
    private static readonly TimeSpan Drawing = TimeSpan.FromSeconds(8);

    public ContactType Type => ContactType.Email;

    public async Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        using var message = Message(contact, batch, await DrawAsync(batch, cancellation));
        try
        {
            using var client = new SmtpClient();
            var port = int.Parse(contact.Value("port") ?? "587", CultureInfo.InvariantCulture);
            await client.ConnectAsync(contact.Value("server")!, port, contact.Value("security") switch
            {
                "tls" => SecureSocketOptions.SslOnConnect,
                "none" => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, cancellation);
            if (contact.Value("user") is { } user)
                await client.AuthenticateAsync(user, contact.Value("password") ?? "", cancellation);
            await client.SendAsync(message, cancellation);
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception error) when (error is SocketException or IOException or CommandException or ProtocolException
            or AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            throw new DeliveryException($"the mail server does not take it: {error.Message}", error);
        }
    }

    /// <summary>What can be drawn in time; a message without a picture is better than none.</summary>
    private async Task<List<byte[]>> DrawAsync(AlertBatch batch, CancellationToken cancellation)
    {
        var drawn = new List<byte[]>();
        if (pictures() is not { } source)
            return drawn;
        using var time = new CancellationTokenSource(Drawing, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        try
        {
            foreach (var message in batch.Messages.Where(static message => message.Event != AlertMessage.Test).Take(MostPictures))
            {
                if (await source.DrawAsync(message.Incident, limit.Token) is { } picture)
                    drawn.Add(picture);
            }
        }
        catch (Exception error) when (error is AiOutliersException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // The data source does not answer: the words are what counts.
        }
        return drawn;
    }

    private static MimeMessage Message(ContactDocument contact, AlertBatch batch, List<byte[]> pictures)
    {
        try
        {
            var message = new MimeMessage { Subject = batch.Title, MessageId = $"{batch.Key}@rb-aioutliers", Date = batch.Time };
            message.From.Add(MailboxAddress.Parse(contact.Value("from")!));
            foreach (var to in contact.To)
                message.To.Add(MailboxAddress.Parse(to));
            message.Body = Body(batch, pictures);
            return message;
        }
        catch (ParseException error)
        {
            throw new DeliveryException($"an address of the contact is not one: {error.Message}", error);
        }
    }

    private static MimeEntity Body(AlertBatch batch, List<byte[]> pictures)
    {
        var body = new BodyBuilder { TextBody = batch.Text };
        var html = $"<h3>{WebUtility.HtmlEncode(batch.Title)}</h3><pre>{WebUtility.HtmlEncode(batch.Text)}</pre>";
        for (var at = 0; at < pictures.Count; at++)
        {
            var picture = body.LinkedResources.Add($"incident-{at + 1}.png", pictures[at], new("image", "png"));
            picture.ContentId = $"{batch.Key}-{at + 1}@rb-aioutliers";
            html += $"<p><img src=\"cid:{picture.ContentId}\" alt=\"The series around the incident\" width=\"800\"></p>";
        }
        body.HtmlBody = html;
        return body.ToMessageBody();
    }
}
