using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using AiOutliers.Engine;
using AiOutliers.Monitoring;

namespace AiOutliers.Service.Options;

/// <summary>Everything that <c>config.ini</c> and the environment say, checked. docs/configuration.md lists every key.</summary>
public sealed record Settings
{
    public required ServerSettings Server { get; init; }
    public required EngineSettings Engine { get; init; }
    public required ModelSettings Models { get; init; }
    public required ClusterSettings Cluster { get; init; }

    /// <summary>Null where several nodes share no database: then there are no monitors.</summary>
    public MonitoringSettings? Monitoring { get; init; }

    /// <summary>Recorded data that comes in as if it were now; null for the real time.</summary>
    public ReplaySettings? Replay { get; init; }

    /// <summary>Who may ask what.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>
    /// A broker's URL, or <c>duckdb:FOLDER</c>; null when unset: then only requests that bring their data can be answered.
    /// </summary>
    public string? DruidEndpoint { get; init; }

    /// <summary>Who asks the broker, where the keys of <c>[Druid]</c> say it and not the URL.</summary>
    public AuthenticationHeaderValue? DruidAuthorization { get; init; }

    /// <summary>What the broker's certificate has to descend from; null takes the system's authorities.</summary>
    public X509ChainPolicy? DruidTrust { get; init; }

    /// <summary>The most time that a query may ask for by <c>context.timeout</c>.</summary>
    public TimeSpan LongestQuery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Structured log lines (JSON) are appended here as well as to the console; null means console only.</summary>
    public string? LogFile { get; init; }

    /// <summary>What is odd but no reason to stop: unknown keys.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <param name="Address">The address to listen on.</param>
/// <param name="Port">TCP port, 0 to 65535; 0 takes a free one.</param>
/// <param name="ErrorStatus">The HTTP status of a failure in version 1 of the interface.</param>
/// <param name="MaxBodyBytes">Larger request bodies are refused with 413.</param>
/// <param name="HealthPort">Where health and metrics are answered as well, on a listener of their own; null: nowhere else.</param>
/// <param name="ReadyGrace">Not ready when the data source has been failing for so long; zero: ready all the same.</param>
public sealed record ServerSettings(
    string Address, int Port, int ErrorStatus, long MaxBodyBytes, int? HealthPort, TimeSpan ReadyGrace);

/// <param name="Path">The local model folder.</param>
/// <param name="MaxLoaded">Models kept in memory; the least recently used goes first.</param>
public sealed record ModelSettings(string Path, int MaxLoaded);

/// <param name="Folder">Holds the data, and in <c>monitors</c> the documents that are applied.</param>
/// <param name="Speed">Seconds of the data in a second.</param>
/// <param name="From">Where it begins; null chooses.</param>
public sealed record ReplaySettings(string Folder, double Speed, DateTimeOffset? From);
