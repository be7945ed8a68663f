namespace AiOutliers.Monitoring.Alerts;

/// <summary>Tells contacts of one type.</summary>
internal interface IAlertSender
{
    ContactType Type { get; }

    /// <exception cref="DeliveryException">It was not taken; it is sent again.</exception>
    Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation);
}
