using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Chef;

/// <summary>The actions register and deregister against a real Consul.</summary>
[Trait("tier", "integration")]
public sealed class ConsulTests : IDisposable
{
    private readonly TemporaryFolder _work = new();
    private readonly string? _start = Checkout.Servers is { } servers && File.Exists(Path.Combine(servers, "start-consul")) ? Path.Combine(servers, "start-consul") : null;

    [Fact]
    public async Task RegisterAndDeregister_RealConsul_ChangeWhatIsNeededOnce()
    {
        Tool.Require("ruby", "ruby");
        Assert.SkipWhen(_start is null, "no Consul: AIOUTLIERS_SERVERS_HOME names the folder that holds one");
        var port = FreePort();
        // Its output goes nowhere: the agent keeps what it inherits, and a pipe would never end.
        Tool.Run("/bin/sh", "-c", "exec \"$0\" \"$@\" > /dev/null 2>&1", _start, _work.Path, port).Succeeded();
        var properties = new { consul_agent = $"http://127.0.0.1:{port}", service_port = 39091 };

        Cookbook.Converge("deregister", properties).ConvergedMessages.ShouldBeEmpty();
        Cookbook.Converge("register", properties).ConvergedMessages.ShouldBe(["register rb-aioutliers-node1 in Consul"]);
        Cookbook.Converge("register", properties).ConvergedMessages.ShouldBeEmpty();

        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var checks = JsonDocument.Parse(await client.GetStringAsync("/v1/health/service/rb-aioutliers"));
        var service = checks.RootElement.EnumerateArray().Single();
        service.GetProperty("Service").GetProperty("Address").GetString().ShouldBe("10.0.0.7");
        service.GetProperty("Service").GetProperty("Port").GetInt32().ShouldBe(39091);
        service.GetProperty("Checks").EnumerateArray().Select(check => check.GetProperty("Type").GetString()).ShouldContain("http");

        Cookbook.Converge("deregister", properties).ConvergedMessages.ShouldBe(["deregister rb-aioutliers-node1 from Consul"]);
        using var gone = await client.GetAsync("/v1/agent/service/rb-aioutliers-node1");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "http", false)]
    [InlineData("/etc/c.pem", "https", true)]
    public void Entry_Of_IsTheServicesOwnRegistration(string certificate, string scheme, bool skipsVerification)
    {
        Tool.Require("ruby", "ruby");
        const string Program = """
            use = Struct.new(:service_address, :service_port, :service_name, :certificate)
            certificate = ARGV[0].empty? ? nil : ARGV[0]
            puts JSON.generate(RbAioutliers::Consul.entry(use.new('10.0.0.7', 39091, 'rb-aioutliers', certificate), 'node1'))
            """;
        var library = Checkout.File("deploy/chef/libraries/consul.rb");

        using var json = JsonDocument.Parse(Tool.Run("ruby", "-r", library, "-e", Program, "--", certificate).Succeeded());

        var check = json.RootElement.GetProperty("Check");
        check.GetProperty("HTTP").GetString().ShouldBe($"{scheme}://10.0.0.7:39091/health/ready");
        check.GetProperty("TLSSkipVerify").GetBoolean().ShouldBe(skipsVerification);
        check.GetProperty("DeregisterCriticalServiceAfter").GetString().ShouldBe("30m");
    }

    public void Dispose()
    {
        if (_start is not null && File.Exists(Path.Combine(_work.Path, "pid")))
            Tool.Run(Path.Combine(Path.GetDirectoryName(_start)!, "stop"), _work.Path);
        _work.Dispose();
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString();
    }
}
