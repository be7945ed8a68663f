using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// E-mail, as text and as HTML. STARTTLS unless the contact says otherwise: a password is never sent in the clear by default.
/// </summary>
internal sealed class EmailSender : IAlertSender
{
    public ContactType Type => ContactType.Email;

    public async Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        using var message = Message(contact, batch);
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
            throw new DeliveryException($"the mail server does not take it: {AlertWords.Line(error.Message)}", error);
        }
    }

    private static MimeMessage Message(ContactDocument contact, AlertBatch batch)
    {
        try
        {
            var message = new MimeMessage { Subject = batch.Title, MessageId = $"{batch.Key}@rb-aioutliers", Date = batch.Time };
            message.From.Add(MailboxAddress.Parse(contact.Value("from")!));
            foreach (var to in contact.To)
                message.To.Add(MailboxAddress.Parse(to));
            message.Body = new BodyBuilder
            {
                TextBody = batch.Text,
                HtmlBody = $"<h3>{WebUtility.HtmlEncode(batch.Title)}</h3><pre>{WebUtility.HtmlEncode(batch.Text)}</pre>",
            }.ToMessageBody();
            return message;
        }
        catch (ParseException error)
        {
            throw new DeliveryException($"an address of the contact is not one: {error.Message}", error);
        }
    }
}
