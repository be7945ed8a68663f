using System.Net;
using AiOutliers.Detection;
using Amazon.Runtime;
using Amazon.S3;

namespace AiOutliers.Models.Store;

/// <summary>Sends requests to the store: their time limit, their retries, and the message when they fail.</summary>
/// <param name="settings">How often and how long.</param>
/// <param name="place">Names the store.</param>
/// <param name="time">Measures limits and pauses.</param>
internal sealed class S3Requests(S3Settings settings, string place, TimeProvider time)
{
    /// <exception cref="AiOutliersException">The store failed, after the retries that make sense; the message says why.</exception>
    public async Task<T> SendAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var limit = new CancellationTokenSource(settings.RequestLimit, time);
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
                if (attempt >= settings.Retries || !Passes(error))
                    throw new AiOutliersException(ErrorKind.ClusterFailed, $"the model store ({place}) {Reason(error)}", error);
                await Task.Delay(TimeSpan.FromSeconds(0.5 * (1 << Math.Min(attempt, 6))), time, cancellation);
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
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => "does not have this bucket; check [AWS] s3_bucket",
        AmazonS3Exception { ErrorCode: "AccessDenied" } => "refused access; the key needs to list, read and write the bucket",
        AmazonS3Exception { ErrorCode: "RequestTimeTooSkewed" } => "refused the request for its time; this machine's clock is wrong",
        AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed } => "changed the object meanwhile",
        AmazonS3Exception { StatusCode: not 0 } refused => $"answered {(int)refused.StatusCode} {refused.ErrorCode}",
        OperationCanceledException or TimeoutException => $"did not answer within {settings.RequestLimit.TotalSeconds:0.#} s",
        IOException => "closed the connection before the content was complete",
        _ when !IsKnown(error) => $"gave an answer that cannot be read ({error.GetType().Name})",
        _ => "cannot be reached; check [AWS] s3_hostname and that the server runs",
    };
}
