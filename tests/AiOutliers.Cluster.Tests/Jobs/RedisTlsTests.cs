using System.Security.Cryptography.X509Certificates;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Detection;
using AiOutliers.Tests.Shared.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>A Redis behind TLS: only the one that the authority vouches for, by its name.</summary>
[Trait("tier", "integration")]
public sealed class RedisTlsTests
{
    private const string Host = "127.0.0.1";

    [Fact]
    public async Task Open_CertificateOfTheAuthority_Works()
    {
        using var authority = new TestAuthority(Host);
        await using var redis = await StartAsync(authority);
        using var queue = Open(redis, authority.Trust());
        (await new JobBoard(queue).FindAsync(queue.Train("a", null)))!.State.ShouldBe(JobState.Waiting);
    }

    [Fact]
    public async Task Open_CertificateOfAnotherAuthority_SaysSo()
    {
        using var authority = new TestAuthority(Host);
        using var other = new TestAuthority(Host);
        await using var redis = await StartAsync(authority);
        Refusal(() => Open(redis, other.Trust())).ShouldContain("certificate that is not trusted");
        Refusal(() => Open(redis, null)).ShouldContain("certificate that is not trusted");
    }

    [Fact]
    public async Task Open_CertificateForAnotherName_SaysSo()
    {
        using var authority = new TestAuthority("redis.example");
        await using var redis = await StartAsync(authority);
        Refusal(() => Open(redis, authority.Trust())).ShouldContain("for another name");
    }

    private static string Refusal(Func<JobQueue> open)
    {
        var error = Should.Throw<AiOutliersException>(() => open().Dispose());
        error.Kind.ShouldBe(ErrorKind.BadConfiguration);
        return error.Message;
    }

    private static Task<RedisServer> StartAsync(TestAuthority authority) => RedisServer.StartAsync(
        "--tls-port", "{tls}", "--tls-cert-file", authority.CertificateFile, "--tls-key-file", authority.KeyFile,
        "--tls-ca-cert-file", authority.AuthorityFile, "--tls-auth-clients", "no");

    private static JobQueue Open(RedisServer redis, X509ChainPolicy? trust)
    {
        var settings = new QueueSettings { Redis = new(Host, redis.TlsPort, null) { Tls = true, Trust = trust } };
        return JobQueue.Open(settings, TestJobs.Kinds, NullLoggerFactory.Instance);
    }
}
