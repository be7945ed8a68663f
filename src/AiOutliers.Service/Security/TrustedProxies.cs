using System.Net;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Security;

/// <summary>Proxies that sign people in and say in a header who asks. Nobody else's headers are believed.</summary>
internal sealed class TrustedProxies(SecuritySettings settings)
{
    public bool Has(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is not null && settings.TrustedProxies.Any(network => network.Contains(address));
    }

    /// <summary>Who the proxy says it is; null where it names nobody, or an unknown role. Without a role's header, a viewer.</summary>
    public Caller? CallerOf(HttpRequest request)
    {
        if (settings.UserHeader is not { } header || request.Headers[header] is not [{ Length: > 0 } user])
            return null;
        if (settings.RoleHeader is not { } roleHeader)
            return new(user, Role.Viewer);
        return request.Headers[roleHeader] is [{ } text] && RoleNames.TryParse(text.Trim(), out var role) ? new(user, role) : null;
    }
}
