using System.Text.Json.Nodes;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>An incoming webhook of Slack, or of what understands the same.</summary>
internal sealed class SlackSender(AlertHttp http) : IAlertSender
{
    private const int LongestText = 2900;

    public ContactType Type => ContactType.Slack;

    public Task SendAsync(ContactDocument contact, AlertBatch batch, CancellationToken cancellation)
    {
        var text = batch.Text.Length <= LongestText ? batch.Text : batch.Text[..WholeCharacters(batch.Text)] + "…";
        var body = new JsonObject
        {
            ["text"] = Escaped(batch.Title),
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["color"] = batch.IsEnd ? "good" : batch.Severity >= 75 ? "danger" : "warning",
                ["text"] = Escaped(text),
                ["ts"] = batch.Time.ToUnixTimeSeconds(),
            }),
        };
        return http.PostAsync(contact.Value("url")!, body.ToJsonString(YamlJson.Readable), batch, cancellation);
    }

    private static int WholeCharacters(string text) => char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;

    /// <summary>Names are text, never a link or a mention.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
