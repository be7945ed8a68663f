using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace AiOutliers.Models.Store;

/// <summary>
/// Signs requests that fetch an object (AWS Signature Version 4, in headers). The S3 client's own signing takes ten times as long, which
/// counts for a new executor's thousands of objects.
/// </summary>
internal sealed class S3Signature(S3Settings settings, TimeProvider time)
{
    private const string Algorithm = "AWS4-HMAC-SHA256", SignedHeaders = "host;x-amz-content-sha256;x-amz-date";

    private static readonly string NoBody = Convert.ToHexStringLower(SHA256.HashData([]));

    private readonly string _path = $"{settings.Endpoint.AbsolutePath.TrimEnd('/')}/{Uri.EscapeDataString(settings.Bucket)}/";
    private volatile Key _key = new("", []);

    public HttpRequestMessage Get(string objectKey)
    {
        var path = _path + string.Join('/', objectKey.Split('/').Select(Uri.EscapeDataString));
        // The S3 client learns from the server when this machine's clock is wrong.
        var now = time.GetUtcNow() + CorrectClockSkew.GetClockCorrectionForEndpoint(settings.Endpoint.ToString());
        var date = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{date[..8]}/{settings.Region}/s3/aws4_request";
        var canonical = $"GET\n{path}\n\nhost:{settings.Endpoint.Authority}\nx-amz-content-sha256:{NoBody}\nx-amz-date:{date}\n\n"
            + $"{SignedHeaders}\n{NoBody}";
        var text = $"{Algorithm}\n{date}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(Hash(KeyOf(date[..8]), text));
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Endpoint.GetLeftPart(UriPartial.Authority) + path));
        request.Headers.TryAddWithoutValidation("x-amz-date", date);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", NoBody);
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{Algorithm} Credential={settings.PublicKey}/{scope}, SignedHeaders={SignedHeaders}, Signature={signature}");
        return request;
    }

    /// <summary>The key of a day.</summary>
    private byte[] KeyOf(string day)
    {
        if (_key is var known && known.Day == day)
            return known.Bytes;
        var key = Encoding.UTF8.GetBytes("AWS4" + settings.PrivateKey);
        foreach (var part in new[] { day, settings.Region, "s3", "aws4_request" })
            key = Hash(key, part);
        _key = new(day, key);
        return key;
    }

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private sealed record Key(string Day, byte[] Bytes);
}
