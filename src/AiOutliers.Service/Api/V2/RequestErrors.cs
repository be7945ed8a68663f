namespace AiOutliers.Service.Api.V2;

/// <summary>What is wrong with a request, by JSON pointer: all of it, not the first only.</summary>
internal sealed class RequestErrors
{
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>The first word about a place counts.</summary>
    public void Add(string pointer, string message) => _errors.TryAdd(pointer, message);

    public bool IsEmpty => _errors.Count == 0;

    /// <exception cref="RequestException">There are any.</exception>
    public void Throw()
    {
        if (_errors.Count > 0)
            throw new RequestException(_errors);
    }
}

/// <summary>A request that cannot be understood.</summary>
internal sealed class RequestException(IReadOnlyDictionary<string, string> errors) : Exception("The request cannot be understood.")
{
    public RequestException(string pointer, string message) : this(new Dictionary<string, string> { [pointer] = message })
    {
    }

    /// <summary>JSON pointer and message.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; } = errors;
}
