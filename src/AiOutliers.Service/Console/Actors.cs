using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Http;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console;

/// <summary>Whoever changes something by a page, for its history and the audit.</summary>
internal static class Actors
{
    public static Actor Of(HttpContext http) => new(Caller.Of(http).Name, ClientAddress.Of(http.Connection.RemoteIpAddress) ?? "");
}
