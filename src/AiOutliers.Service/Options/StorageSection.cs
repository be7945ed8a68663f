using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Service.Options;

/// <summary>Reads <c>[Storage]</c> and <c>[Alerts]</c>: where monitors and incidents are kept, and how alerts name the pages.</summary>
internal static class StorageSection
{
    private const string Section = "Storage", Key = "database";

    /// <summary>
    /// Null where several nodes share a queue and no database: a file on one of them would be unknown to the others, so there are no
    /// monitors.
    /// </summary>
    public static MonitoringSettings? Read(SectionReader reader, bool hasSeveralNodes)
    {
        var text = reader.Text(Section, Key, DatabaseAddress.Default);
        var isSet = reader.Text(Section, Key) is not null;
        var days = reader.Integer(Section, "keep_days", 400, 1, 36_500);
        var page = ReadPublicUrl(reader);
        if (hasSeveralNodes && !isSet || Parse(reader, text) is not { } address)
            return null;
        if (hasSeveralNodes && address.IsSqlite)
        {
            reader.Reject(Section, Key, text, "a PostgreSQL database, because [Redis] rd_hostname is set: a file is seen by one node only");
            return null;
        }
        return new() { Database = address, Keep = TimeSpan.FromDays(days), PublicUrl = page };
    }

    private static DatabaseAddress? Parse(SectionReader reader, string text)
    {
        try
        {
            return DatabaseAddress.Parse(text);
        }
        catch (AiOutliersException)
        {
            // The text may hold a password.
            reader.Reject(Section, Key, "…", DatabaseAddress.Allowed);
            return null;
        }
    }

    private static string? ReadPublicUrl(SectionReader reader)
    {
        var text = reader.Text("Alerts", "public_url");
        if (text is null || Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return text;
        reader.Reject("Alerts", "public_url", text, "the http or https URL of this service as people reach it");
        return null;
    }
}
