using System.Text.Json.Nodes;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>JSON to any address; with a secret, signed by HMAC of the body.</summary>
internal sealed class WebhookSender(AlertHttp http) : IAlertSender
{
    public ContactType Type => ContactType.Webhook;

    public Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["version"] = 1,
            ["contact"] = contact.Name,
            ["key"] = batch.Key,
            ["title"] = batch.Title,
            ["text"] = batch.Text,
            ["alerts"] = new JsonArray([.. batch.Messages.Select(static message => JsonNode.Parse(message.ToJson()))]),
        };
        return http.PostAsync(
            contact.Value("url")!, body.ToJsonString(YamlJson.Readable), batch, cancellation, contact.Value("secret"));
    }
}
