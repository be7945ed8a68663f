using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Events v2 of PagerDuty, one event an incident: its id is the deduplication key.</summary>
internal sealed class PagerDutySender(AlertHttp http) : IAlertSender
{
    private const string Address = "https://events.pagerduty.com/v2/enqueue";

    private const int LongestSummary = 1024;

    public ContactType Type => ContactType.PagerDuty;

    public async Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        foreach (var message in batch.Messages)
        {
            var title = AlertWords.Title([message]);
            var body = new JsonObject
            {
                ["routing_key"] = contact.Value("routingKey"),
                ["event_action"] = message.Event == AlertMessage.End ? "resolve" : "trigger",
                ["dedup_key"] = message.Incident,
                ["payload"] = new JsonObject
                {
                    ["summary"] = OneLine.Of(title, LongestSummary - 1),
                    ["source"] = message.Entity.Length == 0 ? message.Monitor : AlertWords.Line(message.Entity),
                    ["severity"] = message.Severity switch { >= 90 => "critical", >= 75 => "error", >= 50 => "warning", _ => "info" },
                    ["timestamp"] = DateTimeOffset.FromUnixTimeMilliseconds(message.Start).ToString("O"),
                    ["class"] = message.Kind,
                    ["custom_details"] = JsonNode.Parse(message.ToJson()),
                },
            };
            await http.PostAsync(contact.Value("url") ?? Address, body.ToJsonString(YamlJson.Readable), batch, cancellation);
        }
    }
}
