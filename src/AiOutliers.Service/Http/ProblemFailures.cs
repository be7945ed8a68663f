namespace AiOutliers.Service.Http;

/// <summary>RFC 9457: <c>application/problem+json</c>, for every route that has no words of its own.</summary>
internal sealed class ProblemFailures : IFailureWriter
{
    public static readonly ProblemFailures Instance = new();

    public Task WriteAsync(HttpContext context, Failure failure) =>
        TypedResults.Problem(failure.Reason, statusCode: failure.Status).ExecuteAsync(context);
}
