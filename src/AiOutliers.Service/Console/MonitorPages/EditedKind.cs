using AiOutliers.Monitoring.Alerts;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>What the editor of documents is for: its words, where it leads back to, and who may do something there.</summary>
/// <param name="Kind">As the document says it.</param>
/// <param name="Word">As pages say it.</param>
/// <param name="Address">Below it each has its page.</param>
/// <param name="List">Where all of them are.</param>
public sealed record EditedKind(string Kind, string Word, string Address, string List)
{
    public const string MonitorKind = "Monitor";

    /// <summary>Says it in addresses and forms.</summary>
    public const string Field = "kind";

    public static EditedKind Monitor { get; } = new(MonitorKind, "monitor", ConsolePages.Monitors, ConsolePages.Monitors);

    public static EditedKind Contact { get; } = new(
        ContactDocument.Kind, "contact", ConsolePages.Settings + "/contacts", ConsolePages.Settings + "#contacts");

    public static EditedKind Route { get; } = new(
        RouteDocument.Kind, "route", ConsolePages.Settings + "/routes", ConsolePages.Settings + "#contacts");

    /// <summary>What a new contact or route is written over.</summary>
    public string Sample => this == Route
        ? """
          apiVersion: aioutliers/v1
          kind: Route
          metadata: { name: nights }
          spec:
            minSeverity: 80
            repeat: 4h
            times: mon-fri 18:00-08:00 UTC
            contacts: [noc]

          """
        : """
          apiVersion: aioutliers/v1
          kind: Contact
          metadata: { name: noc }
          spec:
            webhook: { url: "env:HOOK_URL", secret: "env:HOOK_SECRET" }

          """;

    public string New => $"{EditorRoutes.New}?{Field}={Word}";

    /// <summary>Who has a use for the editor: only a monitor can be tried without being applied.</summary>
    internal Role Writer => this == Monitor ? Role.Operator : Role.Admin;

    /// <summary>The kind that an address asks for; a monitor where it asks for nothing that is known.</summary>
    public static EditedKind Of(string? word) => new[] { Contact, Route }.FirstOrDefault(kind => kind.Word == word) ?? Monitor;

    public string AddressOf(string name) => $"{Address}/{Uri.EscapeDataString(name)}";
}
