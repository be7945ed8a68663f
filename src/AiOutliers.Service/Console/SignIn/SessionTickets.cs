using System.Security.Cryptography;
using AiOutliers.Monitoring;
using AiOutliers.Service.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace AiOutliers.Service.Console.SignIn;

/// <summary>
/// What a browser brings instead of its key: whose it is, and a digest that is worth nothing once the key is revoked or replaced. Every
/// node can read it; without a database only the process that made it.
/// </summary>
internal sealed class SessionTickets
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly KeyRing _keys;
    private readonly Lazy<ITimeLimitedDataProtector> _protector;

    public SessionTickets(KeyRing keys, MonitoringRuntime? monitoring, TimeProvider time, ILoggerFactory loggers)
    {
        _keys = keys;
        // Made when the first browser signs in: whoever has no keys pays nothing for it.
        _protector = new(() => Create(monitoring is null ? null : new(new(monitoring.Database, time)), loggers));
    }

    public string Of(AccessKey key) => _protector.Value.Protect($"{key.Name} {key.Hash}", Longest);

    /// <summary>The key that the ticket was made for; null where it is not valid, or not any more.</summary>
    public AccessKey? Find(string ticket)
    {
        if (_keys.IsEmpty)
            return null;
        try
        {
            return _protector.Value.Unprotect(ticket).Split(' ') is [var name, var hash] && _keys.Named(name) is { } key && key.Hash == hash
                ? key
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ITimeLimitedDataProtector Create(SessionKeys? keys, ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddDataProtection().SetApplicationName("rb-aioutliers");
        if (keys is null)
            services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        else
        {
            services.Configure<KeyManagementOptions>(options =>
            {
                options.XmlRepository = keys;
                // As secret as the rest of the database.
                options.XmlEncryptor = new NullXmlEncryptor();
            });
        }
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("sessions").ToTimeLimitedDataProtector();
    }
}
