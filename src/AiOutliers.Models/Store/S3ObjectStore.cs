using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using AiOutliers.Detection;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace AiOutliers.Models.Store;

/// <summary>A bucket of any S3 server.</summary>
public sealed class S3ObjectStore : IObjectStore, IDisposable
{
    private const string TagHeader = "x-amz-meta-version";

    /// <summary>A model has some hundred kilobytes; this bounds what a wrong object can make us fetch.</summary>
    private const long LargestObject = 256L << 20;

    /// <summary>
    /// A million objects: versions of thousands of models for years. A longer listing comes from a server that repeats itself.
    /// </summary>
    private const int MostPages = 1000;

    private readonly S3Settings _settings;
    private readonly TimeProvider _time;
    private readonly AmazonS3Client _client;

    public S3ObjectStore(S3Settings settings, TimeProvider? time = null)
    {
        (_settings, _time) = (settings, time ?? TimeProvider.System);
        _client = new AmazonS3Client(new BasicAWSCredentials(settings.PublicKey, settings.PrivateKey), new AmazonS3Config
        {
            ServiceURL = settings.Endpoint.AbsoluteUri,
            AuthenticationRegion = settings.Region,
            ForcePathStyle = true,
            // Retries are ours: they have to cover the content too, which the client hands over unread.
            MaxErrorRetry = 0,
            Timeout = settings.RequestLimit,
            // Servers other than Amazon's do not all know the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public string Place => $"bucket '{_settings.Bucket}' at {_settings.Endpoint.Authority}";

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? next = null;
        var pages = 0;
        do
        {
            if (++pages > MostPages)
                throw new AiOutliersException(ErrorKind.ClusterFailed,
                    $"the model store ({Place}) lists more than {MostPages} pages of objects");
            var request = new ListObjectsV2Request { BucketName = _settings.Bucket, Prefix = prefix, ContinuationToken = next };
            var page = await SendAsync(token => _client.ListObjectsV2Async(request, token), cancellation);
            foreach (var item in (page.S3Objects ?? []).Where(static item => item.Key is not null))
                yield return new(item.Key, item.ETag ?? "", item.Size ?? 0, (item.LastModified ?? DateTime.UnixEpoch).ToUniversalTime());
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    public Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default) => SendAsync(async token =>
    {
        if (item.Size > LargestObject)
            throw new AiOutliersException(ErrorKind.UnusableModel,
                $"'{item.Key}' has {item.Size} bytes; at most {LargestObject} are fetched");
        var request = new GetObjectRequest { BucketName = _settings.Bucket, Key = item.Key, EtagToMatch = item.ETag };
        using var response = await _client.GetObjectAsync(request, token);
        await using var content = response.ResponseStream;
        using var target = new LocalFile(file);
        await CopyAsync(content, target, item, token);
        return response.Metadata.Keys.Contains(TagHeader) ? response.Metadata[TagHeader] : null;
    }, cancellation);

    public async Task PutAsync(string prefix, IReadOnlyList<string> files, string tag, CancellationToken cancellation = default)
    {
        foreach (var file in files)
        {
            await SendAsync(token =>
            {
                var key = prefix + Path.GetFileName(file);
                var request = new PutObjectRequest { BucketName = _settings.Bucket, Key = key, FilePath = file, UseChunkEncoding = false };
                request.Metadata[TagHeader] = tag;
                return _client.PutObjectAsync(request, token);
            }, cancellation);
        }
    }

    public async Task CopyAsync(IReadOnlyList<StoredObject> items, string prefix, CancellationToken cancellation = default)
    {
        foreach (var item in items)
        {
            var target = prefix + item.Key[(item.Key.LastIndexOf('/') + 1)..];
            await SendAsync(token => _client.CopyObjectAsync(_settings.Bucket, item.Key, _settings.Bucket, target, token), cancellation);
        }
    }

    public async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellation = default)
    {
        foreach (var key in keys)
            await SendAsync(token => _client.DeleteObjectAsync(_settings.Bucket, key, token), cancellation);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// As many bytes as the listing said: connections that are cut do not all end in an exception, and a wrong server might never stop.
    /// </summary>
    private static async Task CopyAsync(Stream content, LocalFile target, StoredObject item, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            while (await content.ReadAsync(buffer, cancellation) is var count and > 0)
            {
                if (target.Length + count > item.Size)
                    throw new AiOutliersException(ErrorKind.UnusableModel,
                        $"'{item.Key}' has more bytes than the {item.Size} that its listing says");
                await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (target.Length != item.Size)
            throw new IOException($"{target.Length} of {item.Size} bytes arrived");
    }

    private async Task<T> SendAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var limit = new CancellationTokenSource(_settings.RequestLimit, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                return await send(either.Token);
            }
            // The client throws undocumented exceptions for wrong answers (FormatException for an ETag that is not hexadecimal). They are
            // failures of the store.
            catch (Exception error) when (
                !cancellation.IsCancellationRequested && error is not (AiOutliersException or OutOfMemoryException))
            {
                if (attempt >= _settings.Retries || !Passes(error))
                    throw new AiOutliersException(ErrorKind.ClusterFailed, $"the model store ({Place}) {Reason(error)}", error);
                await Task.Delay(TimeSpan.FromSeconds(0.5 * (1 << Math.Min(attempt, 6))), _time, cancellation);
            }
        }
    }

    /// <summary>
    /// What the client throws when a server is away or answers in a way that the client knows; anything else is an answer that it cannot
    /// read.
    /// </summary>
    private static bool IsKnown(Exception error) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException or WebException;

    /// <summary>Whether the same request may succeed a little later.</summary>
    private static bool Passes(Exception error) => error is not AmazonS3Exception refused
        || refused.StatusCode is 0 or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or >= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented;

    private string Reason(Exception error) => error switch
    {
        AmazonS3Exception { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" } =>
            "refused the key; check [AWS] s3_public_key and s3_private_key",
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => "has no such bucket; check [AWS] s3_bucket",
        AmazonS3Exception { ErrorCode: "AccessDenied" } => "refused access; the key needs to list, read and write the bucket",
        AmazonS3Exception { ErrorCode: "RequestTimeTooSkewed" } => "refused the request for its time; this machine's clock is wrong",
        AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed } => "changed the object meanwhile",
        AmazonS3Exception { StatusCode: not 0 } refused => $"answered {(int)refused.StatusCode} {refused.ErrorCode}",
        OperationCanceledException or TimeoutException => $"did not answer within {_settings.RequestLimit.TotalSeconds:0.#} s",
        IOException => "closed the connection before the content was complete",
        _ when !IsKnown(error) => $"gave an answer that cannot be read ({error.GetType().Name})",
        _ => "cannot be reached; check [AWS] s3_hostname and that the server runs",
    };
}
