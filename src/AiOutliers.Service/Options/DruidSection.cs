using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AiOutliers.Service.Options;

/// <summary>Reads of <c>[Druid]</c> where the data source is, who asks it, and which certificate it may have.</summary>
internal static class DruidSection
{
    private const string Section = "Druid", Embedded = "duckdb:", Hidden = "…";

    /// <summary>Secrets in keys of their own may come from the environment, and never show in an address.</summary>
    public static AuthenticationHeaderValue? ReadAuthorization(SectionReader reader)
    {
        var (user, password) = (reader.Text(Section, "druid_user"), reader.Text(Section, "druid_password"));
        var token = reader.Text(Section, "druid_token");
        if (token is not null && (user ?? password) is not null)
            reader.Reject(Section, "druid_token", Hidden, "a value only without druid_user and druid_password");
        if (user is null != password is null)
            reader.Reject(Section, user is null ? "druid_user" : "druid_password", "", "a value, because the other of the two is set");
        if (token is not null)
            return new("Bearer", token);
        return user is null ? null : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public static string? ReadEndpoint(SectionReader reader)
    {
        var endpoint = reader.Text(Section, "druid_endpoint");
        if (endpoint is null || endpoint.Contains("x.x.x.x", StringComparison.Ordinal))
            return null;
        if (endpoint.StartsWith(Embedded, StringComparison.Ordinal))
        {
            endpoint = Embedded + reader.Beside(endpoint[Embedded.Length..]);
            if (!Directory.Exists(endpoint[Embedded.Length..]))
                reader.Reject(Section, "druid_endpoint", endpoint, "duckdb: and then a folder that exists");
        }
        else if (!(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            reader.Reject(Section, "druid_endpoint", endpoint, "a broker's http or https URL, or duckdb:FOLDER");
        }
        return endpoint;
    }

    public static X509ChainPolicy? ReadTrust(SectionReader reader, string? endpoint)
    {
        var isTls = endpoint?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ?? false;
        return TrustedAuthorities.Read(reader, Section, "druid_ca_file", isTls, "an https druid_endpoint");
    }
}
