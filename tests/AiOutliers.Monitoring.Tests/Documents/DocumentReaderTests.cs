using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Tests.Documents;

public sealed class DocumentReaderTests
{
    private const string Good = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: edge-traffic, labels: { team: noc, site: madrid } }
        spec:
          description: Bytes of every sensor
          series: { dataSource: rb_flow, metrics: [bytes, flows], granularity: PT5M, by: [sensor_name], top: 100, timeZone: Europe/Madrid }
          schedule: every 5m
          delay: 2m
          completeness: { minShare: 0.5, wait: 20m }
          detector: { name: seasonal-scan, sensitivity: high, direction: up, minDeviationPercent: 20, alarms: [sharp, outage] }
          history: P14D
          minSeverity: 60
          minDuration: 10m
          explain: [dst_ip, protocol]
          alerts: [noc]
        """;

    [Fact]
    public void Monitor_WithEveryKey_IsRead()
    {
        var monitor = Read(Good).Checked().Monitors.ShouldHaveSingleItem();

        (monitor.Name, monitor.Labels["site"]).ShouldBe(("edge-traffic", "madrid"));
        var spec = monitor.Spec;
        (spec.Series.Step, spec.Series.Top, spec.Series.TimeZone!.Id).ShouldBe((300_000, 100, "Europe/Madrid"));
        spec.Series.Metrics.Select(static metric => metric.GetString()).ShouldBe(["bytes", "flows"]);
        (spec.Delay, spec.Wait, spec.MinShare).ShouldBe((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(20), 0.5));
        (spec.MinSeverity, spec.MinDuration).ShouldBe((60, TimeSpan.FromMinutes(10)));
        (spec.Detector.Options["direction"], spec.Detector.Options["minDeviationPercent"]).ShouldBe(("up", "20"));
        spec.Detector.Options["alarms"].ShouldBe("sharp,outage");
        (spec.Explain.Count, spec.Alerts[0]).ShouldBe((2, "noc"));
    }

    [Fact]
    public void Monitor_AsJson_IsTheSameAsInYaml()
    {
        var yaml = Read(Good).Monitors[0];

        Read(yaml.Canonical).Checked().Monitors[0].Canonical.ShouldBe(yaml.Canonical);
        Read(YamlJson.ToYaml(yaml.Json)).Checked().Monitors[0].Canonical.ShouldBe(yaml.Canonical);
    }

    [Theory]
    [InlineData("minSeverity: 60", "minSevrity: 60", "12: spec.minSevrity is not a known key")]
    [InlineData("sensitivity: high", "sensitivty: high", "10: spec.detector.sensitivty is not an option of the detector; it has sensitivity")]
    [InlineData("sensitivity: high", "sensitivity: loud", "10: spec.detector.sensitivity 'loud' is not allowed; it takes quiet")]
    [InlineData("every 5m", "every 1m", "7: spec.schedule 'every 1m' is faster than the granularity PT5M")]
    [InlineData("every 5m", "cron * * * *", "7: spec.schedule 'cron * * * *' is not allowed; it takes 'every 5m'")]
    [InlineData("every 5m", "cron */1 * * * * Europe/Madrid", "7: spec.schedule 'cron */1 * * * * Europe/Madrid' is faster")]
    [InlineData("[bytes, flows]", "[bytes, foo]", "6: spec.series.metrics has 'foo', which is not in the traffic schema")]
    [InlineData("[bytes, flows]", "[]", "6: spec.series.metrics has 0 entries")]
    [InlineData("[bytes, flows]", "[{ type: longSum }]", "6: spec.series.metrics has an aggregator without type or name")]
    [InlineData("granularity: PT5M", "granularity: P1M", "6: spec.series.granularity 'P1M' is not allowed")]
    [InlineData("granularity: PT5M", "granularity: PT7M", "6: spec.series.granularity 'PT7M' is not allowed")]
    [InlineData("timeZone: Europe/Madrid", "timeZone: Mars", "6: spec.series.timeZone 'Mars' is not the name of a time zone")]
    [InlineData("timeZone: Europe/Madrid", "filter: here", "6: spec.series.filter is not a filter")]
    [InlineData("minShare: 0.5", "minShare: 2", "9: spec.completeness.minShare '2' is not allowed; it takes a number from 0 to 1")]
    [InlineData("delay: 2m", "delay: soon", "8: spec.delay 'soon' is not allowed")]
    [InlineData("history: P14D", "history: long", "11: spec.history 'long' is not allowed")]
    [InlineData("name: edge-traffic", "name: Edge Traffic", "3: metadata.name 'Edge Traffic' is not allowed")]
    [InlineData("aioutliers/v1", "aioutliers/v9", "1: apiVersion 'aioutliers/v9' is not known; it takes aioutliers/v1")]
    [InlineData("kind: Monitor", "kind: Monitr", "2: kind 'Monitr' is not known; it takes Monitor, Contact or Route")]
    [InlineData("direction: up", "direction: 1", "10: spec.detector.direction '1' is not allowed; it takes one of both, up, down")]
    [InlineData("[sharp, outage]", "[loud]", "10: spec.detector.alarms 'loud' is not allowed")]
    [InlineData("name: seasonal-scan", "name: magic", "10: spec.detector.name 'magic' is not a detector")]
    public void Monitor_WithAMistake_IsNamedWithLineAndKey(string right, string wrong, string problem)
    {
        var documents = Read(Good.Replace(right, wrong));

        documents.Monitors.ShouldBeEmpty();
        documents.Problems.ShouldHaveSingleItem().ToString().ShouldStartWith($"edge.yaml:{problem}");
    }

    [Fact]
    public void Problems_AreToldAllAtOnce() =>
        Read(Good.Replace("delay: 2m", "delay: soon").Replace("minSeverity: 60", "minSeverity: many")).Problems.Count.ShouldBe(2);

    [Fact]
    public void Names_OfTwoMonitors_MayNotBeTheSame() =>
        Read($"{Good}\n---\n{Good}").Problems.ShouldHaveSingleItem().Message.ShouldBe(
            "'edge-traffic' is the name of two documents of this kind; the other is edge.yaml:3");

    [Theory]
    [InlineData("a: &x [1]\nb: *x", "edge.yaml:2: aliases are not allowed")]
    [InlineData("a: [1", "edge.yaml:")]
    public void Text_ThatIsNotAllowed_IsRefused(string text, string message) =>
        Should.Throw<AiOutliersException>(() => Read(text)).Message.ShouldStartWith(message);

    [Fact]
    public void Text_NestedTooDeeply_IsRefused() =>
        Should.Throw<AiOutliersException>(() => Read(new string('[', 100_000))).Message.ShouldContain("nested too deeply");

    [Fact]
    public void Contact_AndRoute_AreRead()
    {
        var documents = Read("""
            apiVersion: aioutliers/v1
            kind: Contact
            metadata: { name: noc }
            spec:
              webhook: { url: "https://user:pass@example.net/hook?token=s3cret", secret: env:HOOK_SECRET }
              template: "{{ title }}"
            ---
            apiVersion: aioutliers/v1
            kind: Route
            metadata: { name: night }
            spec: { match: { team: noc }, minSeverity: 80, groupBy: [monitor], groupWait: 30s, repeat: 4h, times: mon-fri 18:00-08:00 Europe/Madrid, contacts: [noc] }
            """).Checked();

        var contact = documents.Contacts.ShouldHaveSingleItem();
        contact.Type.Name.ShouldBe("webhook");
        contact.Shown.ToJsonString().ShouldNotContain("s3cret");
        contact.Shown.ToJsonString().ShouldContain("env:HOOK_SECRET");
        var route = documents.Routes.ShouldHaveSingleItem();
        (route.MinSeverity, route.GroupWait, route.Repeat).ShouldBe((80, TimeSpan.FromSeconds(30), TimeSpan.FromHours(4)));
    }

    [Theory]
    [InlineData("webhook: { url: here }", "5: spec.webhook.url takes an http or https URL")]
    [InlineData("webhook:", "5: spec has nothing in webhook")]
    [InlineData("webhook: {}", "5: spec.webhook.url is missing")]
    [InlineData("webhook: { url: 'http://a' }\n  slack: { url: 'http://a' }", "5: spec needs one of webhook")]
    [InlineData("email: { server: mail, from: a@b, to: [x@y], security: some }", "5: spec.email.security takes starttls, tls or none")]
    [InlineData("email: { server: mail, from: a@b }", "5: spec.email.to needs e-mail addresses")]
    [InlineData("syslog: { host: a, protocol: tcp, port: 0 }", "5: spec.syslog.port takes a port, 1 to 65535")]
    [InlineData("slack: { url: 'http://a' }\n  template: '{% if %}'", "6: spec.template is not Liquid")]
    public void Contact_WithAMistake_IsNamed(string spec, string problem) =>
        Read($"apiVersion: aioutliers/v1\nkind: Contact\nmetadata: {{ name: noc }}\nspec:\n  {spec}")
            .Problems.ShouldHaveSingleItem().ToString().ShouldStartWith($"edge.yaml:{problem}");

    [Fact]
    public void Contact_WithATemplateThatIsTooLong_IsRefused() =>
        Read($"apiVersion: aioutliers/v1\nkind: Contact\nmetadata: {{ name: noc }}\nspec:\n  slack: {{ url: 'http://a' }}\n"
            + $"  template: '{new string('x', 65_537)}'")
            .Problems.ShouldHaveSingleItem().ToString()
            .ShouldBe("edge.yaml:6: spec.template has 65537 characters; at most 65536 are allowed");

    private static DocumentSet Read(string text)
    {
        var reader = new DocumentReader(new EngineSettings());
        reader.Add(text, "edge.yaml");
        return reader.Result();
    }
}
