using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Helm;

/// <summary>Helm from the path, or unpacked from the folder with servers and tools.</summary>
public sealed class HelmFixture : IDisposable
{
    /// <summary>Helm without a cluster assumes an old one.</summary>
    private const string KubernetesVersion = "1.31.0";

    /// <summary>What scheduler and worker cannot do without.</summary>
    internal static readonly string[] Neighbours = ["config.Redis.rd_hostname=redis", "config.AWS.s3_hostname=http://127.0.0.1:1", "config.AWS.s3_bucket=models", "config.AWS.s3_public_key=user", "config.AWS.s3_private_key=password"];

    private readonly TemporaryFolder _folder = new();
    private readonly string? _program;

    public HelmFixture()
    {
        if (Tool.IsThere("helm"))
            _program = "helm";
        else if (Checkout.Servers is { } servers && File.Exists(Path.Combine(servers, "helm.xz")) && Tool.IsThere("xz"))
        {
            _program = Path.Combine(_folder.Path, "helm");
            Tool.Run("/bin/sh", "-ec", "xz -dc \"$0\" > \"$1\"; chmod 0755 \"$1\"", Path.Combine(servers, "helm.xz"), _program).Succeeded();
        }
    }

    internal static string Chart { get; } = Checkout.File("deploy/helm");

    internal ToolResult Run(params IReadOnlyList<string> arguments)
    {
        Assert.SkipWhen(_program is null, "no Helm, neither in the path nor in AIOUTLIERS_SERVERS_HOME");
        return Tool.Run(_program, arguments);
    }

    /// <summary>The manifests of a release named demo that has Redis and S3.</summary>
    internal IReadOnlyList<JsonElement> Template(params IReadOnlyList<string> settings) =>
        Yaml.Read(Render([.. Neighbours, .. settings]).Succeeded());

    /// <summary>What rendering with these settings alone says.</summary>
    internal ToolResult Render(params IReadOnlyList<string> settings) =>
        Run(["template", "demo", Chart, "--kube-version", KubernetesVersion, .. Set(settings)]);

    internal static IEnumerable<string> Set(params IEnumerable<string> settings) => settings.SelectMany(setting => (string[])["--set", setting]);

    public void Dispose() => _folder.Dispose();
}
