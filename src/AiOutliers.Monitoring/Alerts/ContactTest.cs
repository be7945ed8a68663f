using AiOutliers.Detection;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Sends a sample to a contact, at once and once.</summary>
internal sealed class ContactTest(AlertDocumentStore documents, AlertSenders senders, TimeProvider clock)
{
    /// <exception cref="AiOutliersException">The contact does not exist, or does not take the message.</exception>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        var (contacts, _) = await documents.ListAsync(cancellation);
        var contact = contacts.FirstOrDefault(one => one.Name == name)
            ?? throw new AiOutliersException(ErrorKind.BadInput, $"contact '{name}' not found");
        var now = clock.GetUtcNow();
        IReadOnlyList<AlertMessage> messages = [Sample(now.ToUnixTimeMilliseconds())];
        var title = AlertWords.Title(messages);
        try
        {
            var text = contact.Template is { } template ? AlertTemplate.Render(template, messages, title) : AlertWords.Text(messages);
            await senders.SendAsync(contact, new($"test-{now.ToUnixTimeMilliseconds()}", messages, text, title, now), cancellation);
        }
        catch (DeliveryException error)
        {
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"contact '{name}' did not get the message: {error.Message}", error);
        }
    }

    private static AlertMessage Sample(long now) => new()
    {
        Event = AlertMessage.Test,
        Incident = "00000000000000000000000000000000",
        Monitor = "contacts-test",
        Entity = "sensor_name=sample",
        Key = System.Text.Json.JsonElement.Parse("""{"sensor_name":"sample"}"""),
        Metric = "bytes",
        Kind = "spike",
        Severity = 80,
        Start = now - 600_000,
        Until = now,
        Value = 19_500_000_000,
        Expected = 1_300_000_000,
        Reason = "a sample that rb-aioutliers contacts test has sent; nothing has happened",
    };
}
