using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiOutliers.Detection;
using AiOutliers.Service.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AiOutliers.Service.Security;

/// <summary>
/// The certificate of the service's port, read again when its files change. A renewal that cannot be used leaves the old one in use, and
/// the log says why.
/// </summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _time;
    private volatile SslStreamCertificateContext _current;
    private (DateTime Certificate, DateTime Key) _seen;

    /// <exception cref="AiOutliersException">The files cannot be used.</exception>
    private ServerCertificate(string certificate, string key, TimeProvider time)
    {
        (_certificate, _key, _time) = (certificate, key, time);
        _seen = Look();
        _current = Read();
    }

    /// <summary>Null where none is configured.</summary>
    /// <exception cref="AiOutliersException">The files cannot be used.</exception>
    public static ServerCertificate? Open(SecuritySettings settings, TimeProvider time) =>
        settings is { Certificate: { } certificate, CertificateKey: { } key } ? new(certificate, key, time) : null;

    /// <summary>Speaks TLS on a listener; each new connection gets the certificate of that moment.</summary>
    public void Secure(ListenOptions listener) => listener.UseHttps(new TlsHandshakeCallbackOptions
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = _current }),
    });

    /// <summary>Looks at the files again and again.</summary>
    public async Task WatchAsync(ILogger logger, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Pause, _time, cancellation);
            var now = Look();
            if (now == _seen)
                continue;
            _seen = now;
            Renew(logger);
        }
    }

    private void Renew(ILogger logger)
    {
        try
        {
            var renewed = _current = Read();
            logger.LogInformation("The certificate was read again: {Subject}, until {Until:yyyy-MM-dd}",
                renewed.TargetCertificate.Subject, renewed.TargetCertificate.NotAfter);
        }
        catch (AiOutliersException error)
        {
            logger.LogError("The old certificate stays in use: {Reason}", error.Message);
        }
    }

    private SslStreamCertificateContext Read()
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPemFile(_certificate, _key);
            if (leaf.NotAfter < _time.GetLocalNow())
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"it has expired on {leaf.NotAfter:yyyy-MM-dd}"));
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(_certificate);
            return SslStreamCertificateContext.Create(leaf, chain, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw Wrong(error.Message, error);
        }
    }

    private AiOutliersException Wrong(string what, Exception? inner = null) => new(ErrorKind.BadConfiguration,
        $"[Security] certificate '{_certificate}' with certificate_key '{_key}' cannot be used: {what.TrimEnd('.')}", inner);

    private (DateTime Certificate, DateTime Key) Look() => (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));
}
