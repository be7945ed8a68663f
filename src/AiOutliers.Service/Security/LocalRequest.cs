using System.Net;

namespace AiOutliers.Service.Security;

/// <summary>Tells requests that were made on this machine.</summary>
internal static class LocalRequest
{
    /// <summary>Whose page a browser sends a request for, from the browser's point of view.</summary>
    private const string FetchSite = "Sec-Fetch-Site";

    private static readonly string[] OfProxies =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>Neither through a proxy on this machine, nor by a foreign name that somebody made lead here.</summary>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !Array.Exists(OfProxies, context.Request.Headers.ContainsKey)
        && IsLocalName(context.Request.Host.Host);

    /// <summary>
    /// Whether another site's page sends it with what the browser adds by itself. Programs send no such headers.
    /// </summary>
    public static bool IsOfAnotherSite(HttpRequest request) =>
        request.Headers.Origin is { Count: > 0 } origins
        && !(Uri.TryCreate(origins, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value)
        || !IsLink(request) && request.Headers[FetchSite] is [{ } site] && site is "cross-site" or "same-site";

    /// <summary>
    /// Whether the browser has asked by TLS, also where a proxy ends it: its form names the origin, or the proxy the scheme. Who lies gets
    /// a cookie that he does not send back, so anybody may be believed.
    /// </summary>
    public static bool IsByTls(HttpRequest request) => request.IsHttps
        || request.Headers.Origin is [{ } origin] && origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || request.Headers["X-Forwarded-Proto"].ToString().Split(',')[0].Trim().Equals("https", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a link of another site may ask for: it changes nothing.</summary>
    private static bool IsLink(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsLocalName(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
