namespace AiOutliers.Monitoring.Alerts;

/// <summary>A way to tell somebody, and what it needs.</summary>
/// <param name="Name">In a contact's document.</param>
/// <param name="Needed">Keys that must be there.</param>
/// <param name="Optional">Keys that may be there.</param>
/// <param name="Secrets">Those of them that are never shown.</param>
public sealed record ContactType(
    string Name, IReadOnlyList<string> Needed, IReadOnlyList<string> Optional, IReadOnlyList<string> Secrets)
{
    public static readonly ContactType Webhook = new("webhook", ["url"], ["secret"], ["url", "secret"]);
    public static readonly ContactType Slack = new("slack", ["url"], [], ["url"]);
    public static readonly ContactType Email = new(
        "email", ["server", "from"], ["port", "security", "user", "password"], ["password"]);
    public static readonly ContactType Syslog = new("syslog", ["host"], ["port", "protocol", "facility"], []);
    public static readonly ContactType PagerDuty = new("pagerduty", ["routingKey"], ["url"], ["routingKey", "url"]);
    public static readonly ContactType Alertmanager = new("alertmanager", ["url"], ["user", "password"], ["url", "password"]);

    public static readonly IReadOnlyList<ContactType> All = [Webhook, Slack, Email, Syslog, PagerDuty, Alertmanager];
}
