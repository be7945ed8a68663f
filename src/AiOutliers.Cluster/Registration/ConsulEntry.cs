using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace AiOutliers.Cluster.Registration;

/// <summary>What the agent is told about this node, in Consul's words.</summary>
internal static class ConsulEntry
{
    /// <param name="id">The node's name in the catalogue.</param>
    /// <param name="settings">What to tell.</param>
    /// <param name="port">The port that is listened on.</param>
    public static IReadOnlyDictionary<string, object> Of(string id, ConsulSettings settings, int port)
    {
        var (address, told) = (settings.ServiceAddress ?? OwnAddress(), settings.ServicePort ?? port);
        return new Dictionary<string, object>
        {
            ["ID"] = id,
            ["Name"] = settings.ServiceName,
            ["Address"] = address,
            ["Port"] = told,
            ["Check"] = CheckOf(settings, address, told),
        };
    }

    private static Dictionary<string, object> CheckOf(ConsulSettings settings, string address, int port) => new()
    {
        ["Name"] = "readiness",
        ["HTTP"] = new UriBuilder(settings.IsTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, address, port, "health/ready").Uri.AbsoluteUri,
        // It asks by address, and certificates are for names.
        ["TLSSkipVerify"] = settings.IsTls,
        ["Interval"] = "10s",
        ["Timeout"] = "5s",
        // A node that died without a word leaves the catalogue too.
        ["DeregisterCriticalServiceAfter"] = "30m",
    };

    /// <summary>The first address of an interface that leads out of this machine; the loopback address where there is none.</summary>
    private static string OwnAddress() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(static network => network.OperationalStatus == OperationalStatus.Up)
            .Where(static network => network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .OrderByDescending(static network => network.GetIPProperties().GatewayAddresses.Count)
            .SelectMany(static network => network.GetIPProperties().UnicastAddresses)
            .Select(static address => address.Address)
            .FirstOrDefault(static address => address.AddressFamily == AddressFamily.InterNetwork)?.ToString()
        ?? IPAddress.Loopback.ToString();
}
