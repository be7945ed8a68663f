using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using AiOutliers.Druid.Budgets;

namespace AiOutliers.Druid.Client;

/// <summary>Options of <see cref="BrokerClient"/>.</summary>
public sealed record BrokerOptions
{
    /// <summary>
    /// How often a query is sent again after a connection failure, a 502 or a 503; 0 means never. The first pause is
    /// <see cref="Pause"/>, each next one twice as long.
    /// </summary>
    public int Retries { get; init; } = 3;

    /// <summary>The pause before the first retry, give or take half of it at random: many nodes must not come back in step.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What is added to the query's own time limit, so that the broker's words about it arrive.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Who asks, instead of the address' user and password; null: what the address says.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>What the broker's certificate has to descend from; null takes the system's authorities.</summary>
    public X509ChainPolicy? Trust { get; init; }

    /// <summary>The largest answer that is read, in bytes: 500,000 rows of eleven metrics are about 200 MB.</summary>
    public int LargestAnswer { get; init; } = 256 * 1024 * 1024;

    /// <summary>The most time that a query may ask for by <c>context.timeout</c>.</summary>
    public TimeSpan LongestQuery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Answers above 16 MB that are read at once.</summary>
    public Budget LargeAnswers { get; init; } = new("large-source-answers", 2);
}
