namespace AiOutliers.Detection;

/// <summary>
/// The one exception that every room throws for a failure it understands. The message is written for a user: it says what happened, where,
/// and what to do; it holds no secret and no stack trace. <see cref="Kind"/> decides status code, exit code and log level, in one place
/// each.
/// </summary>
public class AiOutliersException : Exception
{
    public AiOutliersException(ErrorKind kind, string message, Exception? inner = null) : base(message, inner) => Kind = kind;

    public ErrorKind Kind { get; }
}
