using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Registration;
using AiOutliers.Models.Store;

namespace AiOutliers.Service.Options;

/// <summary>What joins this process to others. All of it may be unset: then everything happens in this process and its folder.</summary>
public sealed record ClusterSettings
{
    /// <summary>The models' bucket; null means the local model folder.</summary>
    public S3Settings? S3 { get; init; }

    /// <summary>How often the store, or a folder that cannot be watched, is looked at.</summary>
    public required TimeSpan Poll { get; init; }

    public required QueueSettings Queue { get; init; }

    /// <summary>Null means no registration.</summary>
    public ConsulSettings? Consul { get; init; }

    /// <summary>The server of the clock, <c>host</c> or <c>host:port</c>; null means the system's clock.</summary>
    public string? NtpServer { get; init; }

    public required TrainingSchedule Schedule { get; init; }

    public required DashboardSettings Dashboard { get; init; }

    /// <summary>Where <c>schedule</c> and <c>work</c> answer probes; null: nowhere.</summary>
    public int? HealthPort { get; init; }

    /// <summary>The port of <c>schedule</c>, where it shares a machine with <c>work</c>; null: the same.</summary>
    public int? ScheduleHealthPort { get; init; }
}

/// <param name="Cron">Five fields, UTC; null when nothing is scheduled.</param>
/// <param name="Models">The models to train; none means all that the store has.</param>
/// <param name="Sensors">The sensors that get a model of their own.</param>
public sealed record TrainingSchedule(string? Cron, IReadOnlyList<string> Models, IReadOnlyList<string> Sensors);

/// <param name="Access">off; loopback: for clients on this machine; key: for whoever has the key.</param>
/// <param name="Key">The key, given as the password of HTTP basic authentication.</param>
public sealed record DashboardSettings(string Access, string? Key)
{
    public const string Off = "off", Loopback = "loopback", WithKey = "key";

    /// <summary>Without the key: settings are printed by whoever debugs.</summary>
    public override string ToString() => Access;
}
