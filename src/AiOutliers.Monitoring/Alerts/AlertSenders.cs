using AiOutliers.Detection;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>All ways to tell somebody, each within a time limit.</summary>
public sealed class AlertSenders : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private const int LongestReason = 300;

    private readonly AlertHttp _http = new();
    private readonly IAlertSender[] _senders;

    private readonly TimeProvider _clock;

    /// <param name="clock">Runs the time limits.</param>
    public AlertSenders(TimeProvider clock)
    {
        _clock = clock;
        _senders =
        [
            new WebhookSender(_http), new SlackSender(_http), new PagerDutySender(_http), new AlertmanagerSender(_http),
            new EmailSender(() => Pictures, clock), new SyslogSender(),
        ];
    }

    /// <summary>Draws incidents; null: messages come without pictures.</summary>
    public IIncidentPictures? Pictures { get; set; }

    public void Dispose() => _http.Dispose();

    internal async Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(Limit, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        try
        {
            await Array.Find(_senders, sender => sender.Type == contact.Type)!.SendAsync(contact, batch, limit.Token);
        }
        catch (DeliveryException error)
        {
            // Receivers repeat the address that they were asked for, or the key that they do not know.
            throw new DeliveryException(OneLine.Of(contact.WithoutSecrets(error.Message), LongestReason));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException($"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is not (AiOutliersException or OperationCanceledException))
        {
            // Whatever a library throws: the message is tried again, and what is wrong is shown. Words may hold a secret, a kind does not.
            throw new DeliveryException($"the message could not be sent: {error.GetType().Name}");
        }
    }
}
