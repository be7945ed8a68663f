using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// Posts JSON. A redirection is not followed: it would carry the message, and perhaps a secret of the address, to somebody nobody named.
/// </summary>
internal sealed class AlertHttp : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        MaxResponseContentBufferSize = 1 << 20,
    };

    /// <exception cref="DeliveryException">It was not taken; the receiver's words may repeat a secret.</exception>
    public async Task PostAsync(
        string url, string json, AlertBatch batch, CancellationToken cancellation,
        string? secret = null, AuthenticationHeaderValue? user = null)
    {
        var body = Encoding.UTF8.GetBytes(json);
        try
        {
            var address = new Uri(url);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", batch.Key);
            request.Headers.Authorization = user ?? UserOf(address);
            if (secret is not null)
                request.Headers.TryAddWithoutValidation("X-AiOutliers-Signature", Signature(secret, body));
            using var answer = await _client.SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new DeliveryException(await WordsAsync(answer, cancellation));
        }
        catch (Exception error) when (error is HttpRequestException or UriFormatException or InvalidOperationException or IOException)
        {
            throw new DeliveryException($"the receiver cannot be reached: {Reason(error)}", error);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>User and password of the address, which no library sends by itself.</summary>
    private static AuthenticationHeaderValue? UserOf(Uri address) => address.UserInfo.Length == 0
        ? null
        : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));

    internal static string Signature(string secret, byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static async Task<string> WordsAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        if (status is >= 300 and < 400)
            return $"the receiver answers {status}, a redirection, which is not followed: set the address that it leads to";
        return $"the receiver answers {status}: {await answer.Content.ReadAsStringAsync(cancellation)}";
    }

    /// <summary>Of a name that is not known the message repeats the host, of nothing else the address.</summary>
    private static string Reason(Exception error) => error is HttpRequestException http
        ? http.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "its name is not known",
            HttpRequestError.SecureConnectionError => "its certificate is not trusted",
            HttpRequestError.ConnectionError => "no connection",
            var kind => kind.ToString(),
        }
        : error is IOException ? "the connection was cut off" : "its address cannot be used";
}
