using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Prometheus' Alertmanager: its own routes, silences and inhibitions apply. The address is that of its web interface.</summary>
internal sealed class AlertmanagerSender(AlertHttp http) : IAlertSender
{
    public ContactType Type => ContactType.Alertmanager;

    public Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        var alerts = new JsonArray([.. batch.Messages.Select(message => Alert(message, batch.Time))]);
        var user = contact.Value("user") is { } name
            ? new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{contact.Value("password")}")))
            : null;
        return http.PostAsync(
            contact.Value("url")!.TrimEnd('/') + "/api/v2/alerts", alerts.ToJsonString(YamlJson.Readable), batch, cancellation, user: user);
    }

    private static JsonObject Alert(AlertMessage message, DateTimeOffset now)
    {
        var labels = new JsonObject
        {
            ["alertname"] = $"AiOutliers_{message.Kind}",
            ["monitor"] = message.Monitor,
            ["metric"] = message.Metric,
            ["entity"] = AlertWords.Line(message.Entity),
            ["incident"] = message.Incident,
        };
        foreach (var (name, value) in message.Labels.Where(label => !labels.ContainsKey(label.Key) && IsLabel(label.Key)))
            labels[name] = value;
        var alert = new JsonObject
        {
            ["labels"] = labels,
            ["annotations"] = new JsonObject
            {
                ["summary"] = AlertWords.Title([message]),
                ["description"] = AlertWords.Text([message]),
                ["severity"] = message.Severity.ToString("0", CultureInfo.InvariantCulture),
            },
            ["startsAt"] = Time(DateTimeOffset.FromUnixTimeMilliseconds(message.Start)),
            // Without an end Alertmanager takes an alert for resolved after some minutes; incidents tell their end themselves.
            ["endsAt"] = Time(message.Event == AlertMessage.End ? now : now.AddDays(7)),
        };
        if (message.Link is { } link)
            alert["generatorURL"] = link;
        return alert;
    }

    private static bool IsLabel(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
