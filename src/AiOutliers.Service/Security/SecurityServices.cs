using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Security;

/// <summary>Puts the parts of sign-in into the service and its pipeline.</summary>
internal static class SecurityServices
{
    /// <param name="services">The service's parts.</param>
    /// <param name="certificate">The certificate that is watched; null: no TLS.</param>
    public static IServiceCollection AddSecurity(this IServiceCollection services, ServerCertificate? certificate)
    {
        services
            .AddSingleton(static provider => provider.GetRequiredService<Settings>().Security)
            .AddSingleton(static provider => new KeyRing(
                provider.GetRequiredService<SecuritySettings>().KeysFile, provider.GetRequiredService<ILogger<KeyRing>>()))
            .AddSingleton(static provider => new RequestRates(
                provider.GetRequiredService<SecuritySettings>().RequestsPerMinute, TimeProvider.System))
            .AddSingleton<AccessGate>();
        if (certificate is not null)
        {
            services.AddLoop("the certificate", provider => cancellation =>
                certificate.WatchAsync(provider.GetRequiredService<ILogger<ServerCertificate>>(), cancellation));
        }
        return services;
    }

    /// <summary>Routes with a <see cref="RequiredRole"/> answer only whom they may.</summary>
    /// <exception cref="Detection.AiOutliersException">The keys file cannot be used.</exception>
    public static void UseSecurity(this WebApplication service)
    {
        var gate = service.Services.GetRequiredService<AccessGate>();
        service.Use((context, next) => context.GetEndpoint()?.Metadata.GetMetadata<RequiredRole>() is { } required
            ? gate.EnterAsync(context, required, next)
            : next(context));
    }
}
