namespace AiOutliers.Service.Http;

/// <summary>How an interface tells failures; on the metadata of its routes. A route without one answers with ProblemDetails.</summary>
internal interface IFailureWriter
{
    Task WriteAsync(HttpContext context, Failure failure);
}

/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">What was wrong, in the user's words.</param>
/// <param name="IsUnexpected">Whether nobody foresaw it.</param>
internal sealed record Failure(int Status, string Reason, bool IsUnexpected = false);
