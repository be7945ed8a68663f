using System.Net;

namespace AiOutliers.Service.Security;

/// <summary>Tells requests that were made on this machine.</summary>
internal static class LocalRequest
{
    private static readonly string[] OfProxies =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>Neither through a proxy on this machine, nor by a foreign name that somebody made lead here.</summary>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !Array.Exists(OfProxies, context.Request.Headers.ContainsKey)
        && IsLocalName(context.Request.Host.Host);

    /// <summary>
    /// Whether another site's page sends it with what the browser adds by itself. Programs send no such header.
    /// </summary>
    public static bool IsOfAnotherSite(HttpRequest request) =>
        request.Headers.Origin is { Count: > 0 } origins
        && !(Uri.TryCreate(origins, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value);

    private static bool IsLocalName(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
