namespace AiOutliers.Monitoring.Documents;

/// <summary>The kinds of documents.</summary>
public static class DocumentKinds
{
    public const string Monitor = MonitorReader.Kind, Contact = Alerts.ContactDocument.Kind, Route = Alerts.RouteDocument.Kind;
}
