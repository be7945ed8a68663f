using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Tests.Servers;
using AiOutliers.Cluster.Worker;
using AiOutliers.Detection;
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
        using var queue = Open(redis, authority.AuthorityFile);
        (await new JobBoard(queue).FindAsync(queue.Train("a", null)))!.State.ShouldBe(JobState.Waiting);
    }

    [Fact]
    public async Task Open_CertificateOfAnotherAuthority_SaysSo()
    {
        using var authority = new TestAuthority(Host);
        using var other = new TestAuthority(Host);
        await using var redis = await StartAsync(authority);
        Refusal(() => Open(redis, other.AuthorityFile)).ShouldContain("certificate that is not trusted");
        Refusal(() => Open(redis, null)).ShouldContain("certificate that is not trusted");
    }

    [Fact]
    public async Task Open_CertificateForAnotherName_SaysSo()
    {
        using var authority = new TestAuthority("redis.example");
        await using var redis = await StartAsync(authority);
        Refusal(() => Open(redis, authority.AuthorityFile)).ShouldContain("for another name");
    }

    [Theory]
    [InlineData("no certificate")]
    [InlineData(null)]
    public void Open_FileWithoutCertificates_NamesTheKey(string? content)
    {
        using var folder = new AiOutliers.Tests.Shared.TemporaryFolder();
        var file = Path.Combine(folder.Path, "ca.pem");
        if (content is not null)
            File.WriteAllText(file, content);
        var settings = new QueueSettings { Redis = new(Host, 1, null) { Tls = true, AuthorityFile = file } };
        Refusal(() => JobQueue.Open(settings, TestJobs.Kinds, NullLoggerFactory.Instance)).ShouldContain("[Redis] rd_ca_file");
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

    private static JobQueue Open(RedisServer redis, string? authority) =>
        JobQueue.Open(new() { Redis = new(Host, redis.TlsPort, null) { Tls = true, AuthorityFile = authority } }, TestJobs.Kinds, NullLoggerFactory.Instance);
}
