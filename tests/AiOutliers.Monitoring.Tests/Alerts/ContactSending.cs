using System.Text.Json;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Tests.Alerts;

/// <summary>Sends a message to a contact, as it stands in a document.</summary>
internal static class ContactSending
{
    private static readonly DateTimeOffset Time = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static readonly AlertMessage Message = new()
    {
        Event = AlertMessage.Begin,
        Incident = "abc",
        Monitor = "edge",
        Entity = "sensor_name=a|b=<c>\nd",
        Key = JsonElement.Parse("{}"),
        Metric = "bytes",
        Kind = "level_shift",
        Severity = 92,
        Start = 1_700_000_000_000,
        Until = 1_700_000_300_000,
        Value = 2e9,
        Expected = 1e9,
        Reason = "much & more",
        Labels = new Dictionary<string, string> { ["team"] = "noc", ["9bad"] = "x" },
    };

    /// <summary>What a name may be at its worst: quotes, line breaks, markup, and 10,000 characters.</summary>
    public static readonly AlertMessage Hostile = Message with
    {
        Entity = "sensor_name=\"'`;\r\n\t<script>alert(1)</script>|=\\{{ title }}%s\u202e" + new string('x', 10_000),
        Reason = new string('y', 10_000) + "\r\nX-Injected: yes\r\n.\r\n",
    };

    /// <param name="contact">What stands in <c>spec</c>.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="pictures">Draws.</param>
    /// <param name="time">When it is sent.</param>
    public static async Task SendAsync(
        string contact, AlertMessage? message = null, IIncidentPictures? pictures = null, DateTimeOffset? time = null)
    {
        var reader = new DocumentReader(new());
        reader.Add($"apiVersion: aioutliers/v1\nkind: Contact\nmetadata: {{ name: noc }}\nspec: {{ {contact} }}", "test");
        IReadOnlyList<AlertMessage> messages = [message ?? Message];
        using var senders = new AlertSenders(TimeProvider.System) { Pictures = pictures };
        await senders.SendAsync(
            reader.Result().Checked().Contacts[0],
            new("key-1", messages, AlertWords.Text(messages), AlertWords.Title(messages), time ?? Time), default);
    }
}
