using System.Text.Json;

namespace AiOutliers.Cluster.Worker;

/// <summary>What the tests tell a worker process, as JSON in its only argument.</summary>
/// <param name="Redis">Port on the loopback interface.</param>
/// <param name="S3">Endpoint of the S3 server.</param>
/// <param name="Key">Access key.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="LeaseSeconds">After so long without a word a worker counts as dead.</param>
/// <param name="GraceSeconds">What a job may still take when the worker is asked to end.</param>
/// <param name="TrainingSeconds">How long the work on one model takes.</param>
/// <param name="Template">Path and name, without ending, of the model that is the result of each training.</param>
/// <param name="Journal">The folder that every step of the work is written into.</param>
/// <param name="Failing">Models whose training always fails.</param>
/// <param name="Deadly">Models whose training ends the process.</param>
/// <param name="Druid">The broker to train on the data of, as the configuration says; null copies the template instead.</param>
public sealed record WorkerOptions(
    int Redis, string S3, string Key, string Secret, string Bucket, double LeaseSeconds, double GraceSeconds, double TrainingSeconds, string Template,
    string Journal, string[] Failing, string[] Deadly, string? Druid)
{
    public static WorkerOptions Parse(string json) => JsonSerializer.Deserialize<WorkerOptions>(json) ?? throw new ArgumentException("no options", nameof(json));
}
