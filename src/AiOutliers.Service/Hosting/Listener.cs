using System.Net;
using System.Net.Sockets;
using AiOutliers.Detection;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AiOutliers.Service.Hosting;

/// <summary>Where a web server listens, and what its connections may take.</summary>
internal static class Listener
{
    /// <summary>For the service: its own port, and one for health where that is configured.</summary>
    public static void Configure(
        WebApplicationBuilder builder, ServerSettings settings, Admission admission, ServerCertificate? certificate)
    {
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlocks>();
        builder.Services.Configure<SocketTransportOptions>(ConnectionBuffers.Limit);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
            // The server's own rate lets a client hold 64 kB of an answer for minutes.
            kestrel.Limits.MinResponseDataRate = new(1024, TimeSpan.FromSeconds(10));
            Listen(kestrel, settings.Address, settings.Port, listener =>
            {
                listener.Limit(admission.Connections);
                certificate?.Secure(listener);
            });
            if (settings.HealthPort is { } port)
                Listen(kestrel, settings.Address, port);
        });
    }

    /// <exception cref="AiOutliersException">The address or port cannot be listened on.</exception>
    public static async Task StartAsync(WebApplication service, string address, int port, CancellationToken cancellation)
    {
        try
        {
            await service.StartAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            // It may be free the next time: whoever started the service starts it again.
            throw new IOException($"cannot listen on {address}, port {port}: Address already in use", error);
        }
        catch (Exception error) when (error is IOException or SocketException or AddressInUseException)
        {
            throw new AiOutliersException(ErrorKind.BadConfiguration,
                $"cannot listen on {address}, port {port}: {(error.InnerException ?? error).Message}", error);
        }
    }

    /// <param name="kestrel">The server.</param>
    /// <param name="address">An IP address or localhost.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="configure">Limits of its connections.</param>
    public static void Listen(KestrelServerOptions kestrel, string address, int port, Action<ListenOptions>? configure = null)
    {
        kestrel.AddServerHeader = false;
        configure ??= static _ => { };
        if (address == "localhost")
            kestrel.ListenLocalhost(port, configure);
        else
            kestrel.Listen(IPAddress.Parse(address), port, configure);
    }
}
