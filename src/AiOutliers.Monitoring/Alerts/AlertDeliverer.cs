using System.Collections.Concurrent;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Storage;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// Empties the outbox: one message at a time for each contact, so that a dead one holds up nobody else. At least once; a receiver tells a
/// repetition by its key.
/// </summary>
internal sealed class AlertDeliverer(
    Outbox outbox, AlertDocumentStore documents, AlertSenders senders, TimeProvider clock, ILogger<AlertDeliverer> logger)
{
    /// <summary>Contacts that are being sent to.</summary>
    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);

    public Task RunAsync(CancellationToken cancellation) =>
        PatientLoop.RunAsync(() => StartDueAsync(cancellation), "Alerts cannot be sent", clock, logger, cancellation);

    /// <summary>Sends what waits now.</summary>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        while (await StartDueAsync(cancellation) is { Count: > 0 } started)
            await Task.WhenAll(started);
    }

    private async Task<IReadOnlyList<Task>> StartDueAsync(CancellationToken cancellation)
    {
        var started = new List<Task>();
        while (await outbox.ClaimAsync([.. _busy.Keys], cancellation) is { Count: > 0 } batch)
        {
            _busy[batch[0].Contact] = true;
            started.Add(Task.Run(() => RunAsync(batch, cancellation), CancellationToken.None));
        }
        return started;
    }

    private async Task RunAsync(IReadOnlyList<OutboxRow> batch, CancellationToken cancellation)
    {
        try
        {
            await DeliverAsync(batch, cancellation);
        }
        catch (Exception error) when (error is AiOutliersException or OperationCanceledException)
        {
            // The claim ends by itself, and the batch is sent again.
            logger.LogWarning("The delivery to {Contact} could not be noted: {Reason}", batch[0].Contact, error.Message);
        }
        finally
        {
            _busy.TryRemove(batch[0].Contact, out _);
        }
    }

    private async Task DeliverAsync(IReadOnlyList<OutboxRow> batch, CancellationToken cancellation)
    {
        var name = batch[0].Contact;
        try
        {
            var (contacts, _) = await documents.ListAsync(cancellation);
            var contact = contacts.FirstOrDefault(one => one.Name == name)
                ?? throw new DeliveryException("the contact does not exist any more");
            await senders.SendAsync(contact, BatchOf(contact, batch), cancellation);
            await outbox.DeliveredAsync(batch, cancellation);
            logger.LogInformation("Told {Contact} of {Count} incidents", name, batch.Count);
        }
        catch (Exception error)
            when (error is not (OperationCanceledException or AiOutliersException { Kind: not ErrorKind.BadConfiguration }))
        {
            // What nobody foresees, as a message of another version, is noted like a receiver that fails: else it came back for ever.
            var isKnown = error is DeliveryException or AiOutliersException;
            var reason = isKnown ? error.Message : $"an unexpected failure ({error.GetType().Name}); the log has it";
            logger.LogWarning(
                isKnown ? null : error, "{Contact} could not be told, attempt {Attempt}: {Reason}", name,
                batch.Max(static row => row.Attempts) + 1, reason);
            await outbox.FailedAsync(batch, reason, cancellation);
        }
    }

    private AlertBatch BatchOf(ContactDocument contact, IReadOnlyList<OutboxRow> batch)
    {
        IReadOnlyList<AlertMessage> messages = [.. batch.Select(static row => AlertMessage.Parse(row.Message))];
        var title = AlertWords.Title(messages);
        return new(batch[0].Batch!, messages, Text(contact, messages, title), title, clock.GetUtcNow());
    }

    private string Text(ContactDocument contact, IReadOnlyList<AlertMessage> messages, string title)
    {
        if (contact.Template is not { } template)
            return AlertWords.Text(messages);
        try
        {
            return AlertTemplate.Render(template, messages, title);
        }
        catch (DeliveryException error)
        {
            logger.LogWarning("The usual words are sent to {Contact}: {Reason}", contact.Name, error.Message);
            return AlertWords.Text(messages);
        }
    }
}
