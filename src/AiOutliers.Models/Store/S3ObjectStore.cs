using System.Runtime.CompilerServices;
using AiOutliers.Detection;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace AiOutliers.Models.Store;

/// <summary>A bucket of any S3 server.</summary>
public sealed class S3ObjectStore : IObjectStore, IDisposable
{
    internal const string TagHeader = "x-amz-meta-version";

    /// <summary>A model has some hundred kilobytes; this bounds what a wrong object can make us fetch.</summary>
    private const long LargestObject = 256L << 20;

    /// <summary>
    /// A million objects: versions of thousands of models for years. A longer listing comes from a server that repeats itself.
    /// </summary>
    private const int MostPages = 1000;

    private readonly S3Settings _settings;
    private readonly AmazonS3Client _client;
    private readonly S3Download _download;
    private readonly S3Requests _requests;

    public S3ObjectStore(S3Settings settings, TimeProvider? time = null)
    {
        _settings = settings;
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
        var clock = time ?? TimeProvider.System;
        (_download, _requests) = (new(settings, clock), new(settings, Place, clock));
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
            var page = await _requests.SendAsync(token => _client.ListObjectsV2Async(request, token), cancellation);
            foreach (var item in (page.S3Objects ?? []).Where(static item => item.Key is not null))
                yield return new(item.Key, item.ETag ?? "", item.Size ?? 0, (item.LastModified ?? DateTime.UnixEpoch).ToUniversalTime());
            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    public async Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default) =>
        item.Size <= LargestObject
            ? await _requests.SendAsync(token => _download.GetAsync(item, file, token), cancellation)
            : throw new AiOutliersException(ErrorKind.UnusableModel,
                $"'{item.Key}' has {item.Size} bytes; at most {LargestObject} are fetched");

    public async Task PutAsync(string prefix, IReadOnlyList<string> files, string tag, CancellationToken cancellation = default)
    {
        foreach (var file in files)
        {
            await _requests.SendAsync(token =>
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
            await _requests.SendAsync(
                token => _client.CopyObjectAsync(_settings.Bucket, item.Key, _settings.Bucket, target, token), cancellation);
        }
    }

    public async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellation = default)
    {
        foreach (var key in keys)
            await _requests.SendAsync(token => _client.DeleteObjectAsync(_settings.Bucket, key, token), cancellation);
    }

    public void Dispose()
    {
        _download.Dispose();
        _client.Dispose();
    }
}
