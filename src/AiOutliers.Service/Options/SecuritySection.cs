using System.Net;
using System.Net.Sockets;

namespace AiOutliers.Service.Options;

/// <summary>The section <c>[Security]</c>: keys, TLS, proxies that sign people in.</summary>
internal static class SecuritySection
{
    private const string Name = "Security", On = "on", Off = "off";

    private const int MostRequests = 1_000_000;

    private static readonly SecuritySettings Defaults = new();

    public static SecuritySettings Read(SectionReader reader)
    {
        var settings = new SecuritySettings
        {
            KeysFile = reader.Text(Name, "keys_file"),
            ProtectV1 = ReadSwitch(reader, "protect_v1"),
            ProtectMetrics = ReadSwitch(reader, "protect_metrics"),
            RequestsPerMinute = reader.Integer(Name, "requests_per_minute", Defaults.RequestsPerMinute, 0, MostRequests),
            Certificate = reader.Text(Name, "certificate"),
            CertificateKey = reader.Text(Name, "certificate_key"),
            TrustedProxies = ReadProxies(reader),
            UserHeader = ReadHeader(reader, "user_header"),
            RoleHeader = ReadHeader(reader, "role_header"),
        };
        Check(reader, settings);
        return settings;
    }

    private static void Check(SectionReader reader, SecuritySettings settings)
    {
        if (settings.Certificate is null != (settings.CertificateKey is null))
            RejectLonely(reader, settings.Certificate is null ? "certificate" : "certificate_key");
        if (settings.UserHeader is null != (settings.TrustedProxies.Count == 0))
            RejectLonely(reader, settings.UserHeader is null ? "user_header" : "trusted_proxies");
        if (settings.RoleHeader is not null && settings.UserHeader is null)
            reader.Reject(Name, "role_header", settings.RoleHeader, "a value only together with user_header");
    }

    private static void RejectLonely(SectionReader reader, string missing) =>
        reader.Reject(Name, missing, "", "a value, because the key that belongs to it is set");

    private static bool ReadSwitch(SectionReader reader, string key) => reader.Choice(Name, key, Off, [On, Off]) == On;

    private static string? ReadHeader(SectionReader reader, string key)
    {
        var header = reader.Text(Name, key);
        if (header is not null && !header.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            reader.Reject(Name, key, header, "the name of a header, such as X-Forwarded-User");
        return header;
    }

    private static List<IPNetwork> ReadProxies(SectionReader reader)
    {
        const string Key = "trusted_proxies";
        var networks = new List<IPNetwork>();
        var text = reader.Text(Name, Key) ?? "";
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(part, out var address))
                networks.Add(new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            else
                reader.Reject(Name, Key, part, "IP addresses and networks such as 10.0.0.0/8, separated by commas");
        }
        return networks;
    }
}
