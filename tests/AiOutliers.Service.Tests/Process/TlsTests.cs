using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>TLS on the service's port: the certificate of the moment, and the old one when a renewal is bad.</summary>
[Trait("tier", "integration")]
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_WithACertificate_RenewsItAndKeepsTheOldOneWhenTheNewIsBad()
    {
        Write("first");
        await using var service = await ServiceProcess.StartAsync(ServiceFixture.Command, Settings());

        service.Address.Scheme.ShouldBe("https");
        (await SubjectAsync(service)).ShouldBe("CN=first");
        Write("second");
        await UntilAsync(async () => await SubjectAsync(service) == "CN=second");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "c.pem"), "not a certificate");
        await UntilAsync(() => Task.FromResult(service.Log.Contains("The old certificate stays in use", StringComparison.Ordinal)));
        (await SubjectAsync(service)).ShouldBe("CN=second");
    }

    [Fact]
    public async Task Serve_CertificateAndKeyThatDoNotBelongTogether_EndsWith2()
    {
        Write("first");
        using var other = RSA.Create(2048);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "k.pem"), other.ExportPkcs8PrivateKeyPem());
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "serve"], environment: Settings());

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain("[Security] certificate");
        run.Error.ShouldContain("cannot be used");
    }

    [Fact]
    public async Task Serve_CertificateThatHasExpired_EndsWith2()
    {
        Write("first", days: -1);
        var run = await CommandRun.OfAsync([.. ServiceFixture.Command, "serve"], environment: Settings());

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain("it has expired on ");
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["Security__certificate"] = Path.Combine(_folder.Path, "c.pem"),
        ["Security__certificate_key"] = Path.Combine(_folder.Path, "k.pem"),
    };

    private void Write(string name, int days = 1)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest(
            $"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-2), now.AddDays(days));
        File.WriteAllText(Path.Combine(_folder.Path, "k.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(_folder.Path, "c.pem"), certificate.ExportCertificatePem());
    }

    private static async Task<string?> SubjectAsync(ServiceProcess service)
    {
        string? subject = null;
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (subject = certificate?.Subject) is not null,
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        (await client.GetAsync("/health/live")).EnsureSuccessStatusCode();
        return subject;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await condition())
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Fail("It did not happen within 30 s.");
    }
}
