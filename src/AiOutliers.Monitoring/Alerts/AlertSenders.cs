namespace AiOutliers.Monitoring.Alerts;

/// <summary>All ways to tell somebody, each within a time limit.</summary>
public sealed class AlertSenders : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly AlertHttp _http = new();
    private readonly IAlertSender[] _senders;

    public AlertSenders() => _senders =
    [
        new WebhookSender(_http), new SlackSender(_http), new PagerDutySender(_http), new AlertmanagerSender(_http),
        new EmailSender(), new SyslogSender(),
    ];

    public void Dispose() => _http.Dispose();

    internal async Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            await Array.Find(_senders, sender => sender.Type == contact.Type)!.SendAsync(contact, batch, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException($"no answer within {Limit.TotalSeconds:0} s");
        }
    }
}
