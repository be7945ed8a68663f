using System.Net;
using System.Net.Sockets;

namespace AiOutliers.Service.Http;

/// <summary>Whose share of a budget a connection takes.</summary>
internal static class ClientAddress
{
    /// <summary>What one site gets of IPv6: it has all addresses of it.</summary>
    private const int SitePrefixBytes = 8;

    /// <returns>The address, of IPv6 its first 64 bits; null when it is not known.</returns>
    public static string? Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address?.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, SitePrefixBytes))
            : address?.ToString();
    }
}
