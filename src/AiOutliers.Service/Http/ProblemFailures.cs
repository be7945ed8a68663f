namespace AiOutliers.Service.Http;

/// <summary>RFC 9457: <c>application/problem+json</c>, for every route that has no words of its own.</summary>
internal sealed class ProblemFailures : IFailureWriter
{
    private const string AskInstead = "; or send the query instead of its answer: the rows then go from the data source to the service";

    public static readonly ProblemFailures Instance = new();

    public Task WriteAsync(HttpContext context, Failure failure) => Problems.WriteAsync(context, failure.Status,
        failure.Status == StatusCodes.Status413PayloadTooLarge ? failure.Reason + AskInstead : failure.Reason);
}
