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
        do
        {
            var request = new ListObjectsV2Request { BucketName = _settings.Bucket, Prefix = prefix, ContinuationToken = next };
            var page = await SendAsync(token => _client.ListObjectsV2Async(request, token), cancellation);
            foreach (var item in page.S3Objects ?? [])
                yield return new(item.Key, item.ETag, item.Size ?? 0, (item.LastModified ?? DateTime.UnixEpoch).ToUniversalTime());
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    public Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default) => SendAsync(async token =>
    {
        if (item.Size > LargestObject)
            throw new AiOutliersException(ErrorKind.UnusableModel, $"'{item.Key}' has {item.Size} bytes; at most {LargestObject} are fetched");
        using var response = await _client.GetObjectAsync(new GetObjectRequest { BucketName = _settings.Bucket, Key = item.Key, EtagToMatch = item.ETag }, token);
        await using var content = response.ResponseStream;
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write);
        await content.CopyToAsync(target, token);
        // Connections that are cut do not all end in an exception.
        if (target.Length != response.ContentLength)
            throw new IOException($"{target.Length} of {response.ContentLength} bytes arrived");
        return response.Metadata.Keys.Contains(TagHeader) ? response.Metadata[TagHeader] : null;
    }, cancellation);

    public async Task PutAsync(string prefix, IReadOnlyList<string> files, string tag, CancellationToken cancellation = default)
    {
        foreach (var file in files)
        {
            await SendAsync(token =>
            {
                var request = new PutObjectRequest { BucketName = _settings.Bucket, Key = prefix + Path.GetFileName(file), FilePath = file };
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
            catch (Exception error) when (!cancellation.IsCancellationRequested && error is not AiOutliersException && IsFailure(error))
            {
                if (attempt >= _settings.Retries || !Passes(error))
                    throw new AiOutliersException(ErrorKind.ClusterFailed, $"the model store ({Place}) {Reason(error)}", error);
                await Task.Delay(TimeSpan.FromSeconds(0.5 * (1 << Math.Min(attempt, 6))), _time, cancellation);
            }
        }
    }

    /// <summary>Whatever the client throws when a server misbehaves: its own exceptions, those of HTTP, of reading, of XML that is none.</summary>
    private static bool IsFailure(Exception error) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException or System.Xml.XmlException or WebException;

    /// <summary>Whether the same request may succeed a little later.</summary>
    private static bool Passes(Exception error) => error is not AmazonS3Exception refused
        || refused.StatusCode is 0 or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private string Reason(Exception error) => error switch
    {
        AmazonS3Exception { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" } => "refused the key; check [AWS] s3_public_key and s3_private_key",
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => "has no such bucket; check [AWS] s3_bucket",
        AmazonS3Exception { ErrorCode: "AccessDenied" } => "refused access; the key needs to list, read and write the bucket",
        AmazonS3Exception { ErrorCode: "RequestTimeTooSkewed" } => "refused the request for its time; this machine's clock is wrong",
        AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed } => "changed the object meanwhile",
        AmazonS3Exception { StatusCode: not 0 } refused => $"answered {(int)refused.StatusCode} {refused.ErrorCode}",
        OperationCanceledException or TimeoutException => $"did not answer within {_settings.RequestLimit.TotalSeconds:0.#} s",
        IOException => "closed the connection before the content was complete",
        _ => "cannot be reached; check [AWS] s3_hostname and that the server runs",
    };
}
