using System.Net.Http.Headers;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Client;

/// <summary>Sends native queries to a Druid broker.</summary>
public sealed class BrokerClient : IDruidSource, IDruidCatalog, IDisposable
{
    private readonly HttpClient _http;
    private readonly BrokerOptions _options;
    private readonly BrokerAnswers _answers;
    private readonly TimeProvider _time;
    private readonly string _name;

    /// <param name="endpoint">
    /// The broker's query address, usually <c>http://broker:8082/druid/v2/</c>. A user and password in it are sent as basic
    /// authentication.
    /// </param>
    /// <param name="options">Retries and bounds; null takes the defaults.</param>
    /// <param name="time">The clock of pauses and time limits; null takes the system's.</param>
    public BrokerClient(Uri endpoint, BrokerOptions? options = null, TimeProvider? time = null)
    {
        (_options, _time) = (options ?? new(), time ?? TimeProvider.System);
        (_name, _answers) = (endpoint.Authority, new(_options));
        _http = new HttpClient(BrokerTransport.Create(_options, _time))
        {
            BaseAddress = new UriBuilder(endpoint) { UserName = "", Password = "" }.Uri,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (_options.Authorization is { } authorization)
            _http.DefaultRequestHeaders.Authorization = authorization;
        else if (endpoint.UserInfo.Length > 0)
            _http.DefaultRequestHeaders.Authorization = Basic(endpoint.UserInfo);
        _http.DefaultRequestHeaders.Accept.Add(new("application/json"));
    }

    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        AskAsync(query, (_, response, stop) => _answers.TableAsync(response, stop), cancellation);

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        SeriesAsync(query, int.MaxValue, cancellation);

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, int most, CancellationToken cancellation = default) =>
        AskAsync(query, (parsed, response, stop) => _answers.SeriesAsync(parsed, most, response, stop), cancellation);

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        AskAsync(query, (_, response, stop) => _answers.WholeAsync(response, static body => body.ToArray(), stop), cancellation);

    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation = default) =>
        GetAsync("datasources", BrokerCatalog.Names, cancellation);

    public async Task<SourceColumns?> ColumnsAsync(string name, CancellationToken cancellation = default)
    {
        // Without an interval the broker looks at the last week only, which may have no rows.
        var table = DataSourceSpec.Table(name);
        if (await TimeBoundary.FirstAsync(this, table, cancellation) is not { } first)
            return null;
        var last = await TimeBoundary.LastAsync(this, table, cancellation) ?? first;
        return await GetAsync(BrokerCatalog.PathOf(name, first, last), BrokerCatalog.Columns, cancellation);
    }

    private Task<T> GetAsync<T>(string path, Func<ReadOnlySpan<byte>, T> read, CancellationToken cancellation) => SendAsync(
        () => new HttpRequestMessage(HttpMethod.Get, path), QueryTimeout.Default,
        (response, stop) => _answers.WholeAsync(response, read, stop, isObjectAnError: false), cancellation);

    private Task<T> AskAsync<T>(
        ReadOnlyMemory<byte> query, Func<DruidQuery, HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var parsed = DruidQuery.Parse(query.Span);
        return SendAsync(() =>
        {
            var content = new ReadOnlyMemoryContent(BrokerWords.Of(parsed).ToUtf8Json());
            var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = content };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return request;
        }, QueryTimeout.Of(parsed, _options.LongestQuery), (response, stop) => read(parsed, response, stop), cancellation);
    }

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> make, TimeSpan time,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var limit = time + _options.Margin;
        using var expiry = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, expiry.Token);
        try
        {
            using var request = make();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await read(response, either.Token);
        }
        catch (Exception error) when (BrokerTransport.Words(error, limit, cancellation) is { } what)
        {
            throw new AiOutliersException(ErrorKind.SourceFailed, $"the broker {_name} {what}", error);
        }
    }

    public void Dispose() => _http.Dispose();

    private static AuthenticationHeaderValue Basic(string userInfo) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo))));
}
