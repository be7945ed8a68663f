using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Registration;

/// <summary>
/// Keeps this node in Consul's catalogue: registered at the start with a check on readiness, again whenever the agent
/// no longer knows it (after its restart), gone after a clean stop. Consul being away is a warning and never keeps the
/// service from answering.
/// </summary>
public sealed class ConsulRegistration : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The agent's answers have some kB.</summary>
    private const int LargestAnswer = 1 << 20;

    private readonly ConsulSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<ConsulRegistration> _logger;
    private readonly HttpClient _http;
    private bool _known;

    /// <param name="settings">The agent and what to tell it.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="logger">Gets what Consul answered.</param>
    public ConsulRegistration(ConsulSettings settings, TimeProvider time, ILogger<ConsulRegistration> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        // A redirection would carry the token to somebody nobody named.
        var transport = new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = settings.Trust } };
        _http = new HttpClient(transport)
        {
            BaseAddress = settings.Endpoint,
            Timeout = Patience,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        if (settings.Token is { } token)
            _http.DefaultRequestHeaders.Add("X-Consul-Token", token);
    }

    public string Id { get; } = "rb-aioutliers-" + Environment.MachineName;

    /// <summary>Whether Consul answered the last time; null before the first.</summary>
    public bool? IsReachable { get; private set; }

    /// <summary>Registers and looks again now and then, until cancelled; then takes the node out.</summary>
    /// <param name="port">The port that is listened on.</param>
    /// <param name="cancellation">The stop.</param>
    /// <param name="pause">Between two looks; null takes 15 s.</param>
    public async Task RunAsync(int port, CancellationToken cancellation, TimeSpan? pause = null)
    {
        try
        {
            while (true)
            {
                await TryAsync(async () =>
                {
                    if (!await IsKnownAsync(cancellation))
                        await RegisterAsync(port, cancellation);
                }, cancellation);
                await Task.Delay(pause ?? Pause, _time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await TryAsync(DeregisterAsync, CancellationToken.None);
        }
    }

    /// <summary>Asks the agent who it is.</summary>
    /// <exception cref="HttpRequestException">It cannot be reached, or refuses.</exception>
    public async Task PingAsync(CancellationToken cancellation)
    {
        using var response = await _http.GetAsync("v1/agent/self", cancellation);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> IsKnownAsync(CancellationToken cancellation)
    {
        if (!_known)
            return false;
        using var response = await _http.GetAsync($"v1/agent/service/{Uri.EscapeDataString(Id)}", cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        response.EnsureSuccessStatusCode();
        return true;
    }

    private async Task RegisterAsync(int port, CancellationToken cancellation)
    {
        var entry = ConsulEntry.Of(Id, _settings, port);
        using var response = await _http.PutAsJsonAsync("v1/agent/service/register", entry, cancellation);
        response.EnsureSuccessStatusCode();
        _known = true;
        _logger.LogInformation("Registered in Consul as {Id}: {Service} at {Address}, port {Port}",
            Id, _settings.ServiceName, entry["Address"], entry["Port"]);
    }

    private async Task DeregisterAsync()
    {
        if (!_known)
            return;
        using var response = await _http.PutAsync($"v1/agent/service/deregister/{Uri.EscapeDataString(Id)}", null);
        response.EnsureSuccessStatusCode();
        _known = false;
        _logger.LogInformation("Deregistered from Consul: {Id}", Id);
    }

    private async Task TryAsync(Func<Task> talk, CancellationToken cancellation)
    {
        try
        {
            await talk();
            IsReachable = true;
        }
        catch (HttpRequestException error)
        {
            IsReachable = false;
            _logger.LogWarning("Consul at {Endpoint} {Reason}; it is tried again", _settings.Endpoint.Authority, Reason(error));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            IsReachable = false;
            _logger.LogWarning(
                "Consul at {Endpoint} did not answer within {Seconds:0} s; it is tried again",
                _settings.Endpoint.Authority,
                Patience.TotalSeconds);
        }
    }

    private static string Reason(HttpRequestException error) => error switch
    {
        { StatusCode: { } status } => $"answered {(int)status}",
        { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "has a certificate that is not trusted or is for another name; check [Consul] consul_endpoint and consul_ca_file",
        _ => "cannot be reached; check [Consul] consul_endpoint",
    };
}
