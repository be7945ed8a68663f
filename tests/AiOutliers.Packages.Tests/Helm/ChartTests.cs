using System.Text.Json;
using AiOutliers.Packages.Tests.Configuration;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Helm;

public sealed class ChartTests(HelmFixture helm) : IClassFixture<HelmFixture>
{
    private static readonly string[] Roles = ["executor", "scheduler", "worker"];

    [Fact]
    public void Chart_Lint_FindsNothing() => helm.Run(["lint", "--strict", HelmFixture.Chart, .. HelmFixture.Set(HelmFixture.Neighbours)]).Succeeded().ShouldContain("0 chart(s) failed");

    [Fact]
    public void Deployments_OfEveryRole_RunWithoutRightsAndWithProbes()
    {
        var deployments = Of(helm.Template(), "Deployment");

        deployments.Select(deployment => deployment.Text("metadata.name")).ShouldBe(Roles.Select(role => "demo-rb-aioutliers-" + role), ignoreOrder: true);
        foreach (var deployment in deployments)
        {
            var pod = deployment.At("spec.template.spec");
            pod.Text("securityContext.runAsNonRoot").ShouldBe("True");
            pod.Text("containers.0.securityContext.readOnlyRootFilesystem").ShouldBe("True");
            pod.Text("containers.0.securityContext.allowPrivilegeEscalation").ShouldBe("False");
            // Each probe asks a port that the container has.
            var port = pod.Text("containers.0.ports.0.name");
            foreach (var (probe, path) in new[] { ("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
                (pod.Text($"containers.0.{probe}.httpGet.path"), pod.Text($"containers.0.{probe}.httpGet.port")).ShouldBe((path, port));
        }
        var executor = deployments.Single(deployment => deployment.Text("metadata.name").EndsWith("executor", StringComparison.Ordinal)).At("spec.template.spec.containers.0");
        executor.Text("args").ShouldBe("[\"serve\",\"--config\",\"/etc/rb-aioutliers/config.ini\"]");
        executor.Text("ports.0.containerPort").ShouldBe("39091");
        var worker = deployments.Single(deployment => deployment.Text("metadata.name").EndsWith("worker", StringComparison.Ordinal)).At("spec.template");
        worker.Text("spec.containers.0.ports.0.containerPort").ShouldBe("39092");
        worker.At("metadata.annotations").GetProperty("prometheus.io/port").GetString().ShouldBe("39092");
    }

    [Fact]
    public void Selectors_OfServiceAndBudgets_MatchTheirPods()
    {
        var manifests = helm.Template();
        var pods = Of(manifests, "Deployment").ToDictionary(deployment => deployment.Text("metadata.name"), deployment => deployment.At("spec.template.metadata.labels"));

        Of(manifests, "Deployment").ShouldAllBe(deployment => Matches(deployment.At("spec.selector.matchLabels"), pods[deployment.Text("metadata.name")]));
        Of(manifests, "PodDisruptionBudget").Count.ShouldBe(3);
        foreach (var budget in Of(manifests, "PodDisruptionBudget"))
            pods.Where(pod => Matches(budget.At("spec.selector.matchLabels"), pod.Value)).Select(pod => pod.Key).ShouldBe([budget.Text("metadata.name")]);
        pods.Where(pod => Matches(Of(manifests, "Service").Single().At("spec.selector"), pod.Value)).Select(pod => pod.Key).ShouldBe(["demo-rb-aioutliers-executor"]);
    }

    [Fact]
    public void Autoscalers_ByDefault_ScaleExecutorAndWorkerOnCpu()
    {
        var manifests = helm.Template();
        var scaled = Of(manifests, "HorizontalPodAutoscaler").Select(scaler => scaler.Text("spec.scaleTargetRef.name")).ToList();

        scaled.ShouldBe(["demo-rb-aioutliers-executor", "demo-rb-aioutliers-worker"]);
        Of(manifests, "HorizontalPodAutoscaler").ShouldAllBe(scaler => scaler.Text("spec.metrics.0.resource.name") == "cpu");
        // A number of replicas would be set back at every upgrade.
        foreach (var deployment in Of(manifests, "Deployment"))
            deployment.At("spec").TryGetProperty("replicas", out _).ShouldBe(!scaled.Contains(deployment.Text("metadata.name")));
        Of(helm.Template("roles.scheduler.autoscaling.enabled=true"), "HorizontalPodAutoscaler").Count.ShouldBe(3);
    }

    [Fact]
    public void Role_SwitchedOff_LeavesNothing() =>
        helm.Template("roles.scheduler.enabled=false").ShouldAllBe(manifest => !manifest.Text("metadata.name").EndsWith("scheduler", StringComparison.Ordinal));

    [Fact]
    public async Task Config_Rendered_IsAcceptedByTheService()
    {
        var config = Config("config.Models.path=models", "config.ShallowOutliers.sensitivity=0.9", "config.OutliersServerProduction.outliers_server_port=8080", "config.Models.max_loaded=100000");
        config.ShouldContain("\noutliers_server_port = 8080\n");
        config.ShouldContain("\nmax_loaded = 100000\n");
        config.ShouldContain("\nsensitivity = 0.9\n");

        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "config.ini");
        File.WriteAllText(file, config);
        await using var service = await ConfiguredService.StartAsync(file);
        service.Log.ShouldNotContain("is not a known key");
        (await service.Client.GetStringAsync("/health/ready")).ShouldContain("\"dataSource\":\"broker\"");
    }

    [Fact]
    public void Config_Changed_StartsNewPods() => Checksum("config.Outliers.metric=pkts").ShouldNotBe(Checksum("config.Outliers.metric=bytes"));

    [Theory]
    [InlineData("config.Redis.rd_hostname is not set", "config.Redis.rd_hostname=")]
    [InlineData("nobody would read the models", "config.AWS.s3_hostname=")]
    [InlineData("config.Jobs.health_port is not set", "config.Jobs.health_port=null")]
    [InlineData("config.Outliers.model_names is a list", "config.Outliers.model_names={a,b}")]
    [InlineData("ingress.host is not set", "ingress.enabled=true")]
    [InlineData("set roles.executor.probes.livenessProbe.httpGet.scheme=HTTPS", "config.Security.certificate=/tls/tls.crt")]
    public void Values_ThatWouldNotWork_AreRefusedInWords(string words, string setting)
    {
        var run = helm.Render([.. HelmFixture.Neighbours, setting]);

        run.ExitCode.ShouldNotBe(0);
        run.Errors.ShouldContain(words);
    }

    [Fact]
    public void Monitoring_IngressAndPolicies_WhenAskedFor_MatchThePods()
    {
        var manifests = helm.Template("monitoring.enabled=true", "networkPolicy.enabled=true", "ingress.enabled=true", "ingress.host=outliers.example");

        Of(manifests, "ServiceMonitor").Single().Text("spec.endpoints.0.port").ShouldBe("http");
        Of(manifests, "PodMonitor").ShouldAllBe(monitor => monitor.Text("spec.podMetricsEndpoints.0.port") == "health");
        Of(manifests, "NetworkPolicy").Count.ShouldBe(Roles.Length);
        var ports = Of(manifests, "Deployment").ToDictionary(pod => pod.Text("metadata.name"), pod => pod.Text("spec.template.spec.containers.0.ports.0.name"));
        Of(manifests, "NetworkPolicy").ShouldAllBe(policy => policy.Text("spec.ingress.0.ports.0.port") == ports[policy.Text("metadata.name")]);
        var paths = Of(manifests, "Ingress").Single().At("spec.rules.0.http.paths").EnumerateArray().Select(path => path.Text("path"));
        paths.ShouldBe(["/calculate", "/api", "/openapi"]);
    }

    private string Config(params string[] settings) => Of(helm.Template(settings), "Secret").Single().At("stringData").GetProperty("config.ini").GetString()!;

    private string Checksum(string setting) => Of(helm.Template(setting), "Deployment")[0].At("spec.template.metadata.annotations").GetProperty("checksum/config").GetString()!;

    private static List<JsonElement> Of(IReadOnlyList<JsonElement> manifests, string kind) => [.. manifests.Where(manifest => manifest.Text("kind") == kind)];

    private static bool Matches(JsonElement selector, JsonElement labels) =>
        selector.EnumerateObject().All(wanted => labels.TryGetProperty(wanted.Name, out var has) && has.ToString() == wanted.Value.ToString());
}
