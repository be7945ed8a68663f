using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace AiOutliers.Druid.Client;

/// <summary>Connections to a broker: what is sent again, whom they trust, and in which words they fail.</summary>
internal static class BrokerTransport
{
    public static HttpMessageHandler Create(BrokerOptions options, TimeProvider time) =>
        new ResilienceHandler(Retrying(options, time)) { InnerHandler = Connections(options) };

    /// <summary>What the broker did; null for what is not the connection's, and where the client has given up.</summary>
    public static string? Words(Exception error, TimeSpan limit, CancellationToken client) => error switch
    {
        OperationCanceledException when !client.IsCancellationRequested =>
            $"did not answer within {limit.TotalSeconds:0.#} s; ask for a shorter interval, or raise context.timeout of the query",
        InvalidDataException => "sent an answer whose compression is broken; something between here and the broker may change it",
        IOException or HttpRequestException { InnerException: IOException } =>
            "closed the connection before its answer was complete; its log says why",
        HttpRequestException failed =>
            $"cannot be reached ({Reason(failed)}); check [Druid] druid_endpoint and that the broker runs",
        _ => null,
    };

    private static string Reason(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.NameResolutionError => "its name is not known",
        HttpRequestError.SecureConnectionError =>
            "its certificate is not trusted or is for another name; [Druid] druid_ca_file names the authority",
        HttpRequestError.ResponseEnded => "it closed the connection",
        HttpRequestError.InvalidResponse => "its answer is not HTTP",
        _ => "the connection failed",
    };

    /// <summary>Again on what passes by itself: no connection, 502, 503. Never on an answer that says what is wrong.</summary>
    private static ResiliencePipeline<HttpResponseMessage> Retrying(BrokerOptions options, TimeProvider time)
    {
        if (options.Retries <= 0)
            return ResiliencePipeline<HttpResponseMessage>.Empty;
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.Pause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static attempt => ValueTask.FromResult(Passes(attempt.Outcome)),
            })
            .Build();
    }

    private static bool Passes(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException error } => error.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ResponseEnded,
        { Result.StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable } => true,
        _ => false,
    };

    private static SocketsHttpHandler Connections(BrokerOptions options) => new()
    {
        SslOptions = { CertificateChainPolicy = options.Trust },
        AutomaticDecompression = DecompressionMethods.GZip,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // Addresses behind a name change: connections are not kept for ever.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
