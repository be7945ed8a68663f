using System.Globalization;
using AiOutliers.Service.Http;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Security;

/// <summary>
/// Recognises who asks and decides whether they may: by key, by a proxy that signs people in, or, as long as there is no key, from this
/// machine. A refusal does not say which keys there are, nor which role would do.
/// </summary>
internal sealed class AccessGate(SecuritySettings settings, KeyRing keys, RequestRates rates, ServiceMetrics metrics)
{
    private const string NoKeyYet = "No key is configured, so only clients on this machine are answered. To let others in, set [Security] "
        + "keys_file and run: rb-aioutliers keys add NAME ROLE";

    private const string KeyNeeded = "A valid key is needed: Authorization: Bearer KEY";

    private readonly TrustedProxies _proxies = new(settings);

    public async Task EnterAsync(HttpContext context, RequiredRole required, RequestDelegate next)
    {
        var caller = Recognised(context);
        var wait = required.IsLimited ? rates.Take(RateName(context, caller)) : TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
            await TooManyAsync(context, wait);
        else if (caller is null)
            await UnknownAsync(context);
        else if (caller.Role < required.Role)
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Your role does not allow this.");
        else
        {
            context.Features.Set(caller);
            await next(context);
        }
    }

    /// <summary>Whose share of <c>requests_per_minute</c> a request takes: a key's or user's, or else an address'.</summary>
    public static string RateName(HttpContext context, Caller? caller) => caller is null || caller == Caller.Local
        ? "address " + ClientAddress.Of(context.Connection.RemoteIpAddress)
        : caller.Name;

    private Caller? Recognised(HttpContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return keys.Find(header[Scheme.Length..].Trim()) is { } key ? new(key.Name, key.Role) : null;
        // What a browser sends by itself counts only from our own pages.
        if (LocalRequest.IsOfAnotherSite(context.Request))
            return null;
        if (context.Features.Get<Caller>() is { } signedIn)
            return signedIn;
        if (_proxies.Has(context.Connection.RemoteIpAddress))
            return _proxies.CallerOf(context.Request);
        return keys.IsEmpty && LocalRequest.IsLocal(context) ? Caller.Local : null;
    }

    private Task UnknownAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"rb-aioutliers\"";
        return RefuseAsync(context, StatusCodes.Status401Unauthorized, keys.IsEmpty ? NoKeyYet : KeyNeeded);
    }

    private Task TooManyAsync(HttpContext context, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return RefuseAsync(context, StatusCodes.Status429TooManyRequests,
            $"More than {settings.RequestsPerMinute} requests a minute; try again in {seconds} s. "
                + "[Security] requests_per_minute is the limit.");
    }

    private Task RefuseAsync(HttpContext context, int status, string reason)
    {
        metrics.Refused(status);
        var words = context.GetEndpoint()?.Metadata.GetMetadata<IFailureWriter>() ?? ProblemFailures.Instance;
        return words.WriteAsync(context, new(status, reason));
    }
}
