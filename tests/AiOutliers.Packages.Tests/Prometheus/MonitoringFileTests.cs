using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiOutliers.Packages.Tests.Prometheus;

/// <summary>The alerts and the dashboard that operators install: they hold in Prometheus' own tool, and know no metric that does not exist.</summary>
public sealed partial class MonitoringFileTests
{
    private const string Rules = "deploy/prometheus/rules.yml", Dashboard = "deploy/grafana/rb-aioutliers.json";

    [Fact]
    public void Rules_Promtool_AcceptsThem()
    {
        Tool.Require("promtool", "prometheus");
        Tool.Run("promtool", "check", "rules", Checkout.File(Rules)).Succeeded().ShouldContain("SUCCESS");
    }

    [Fact]
    public void Rules_OnSeries_FireWhenTheyShould()
    {
        Tool.Require("promtool", "prometheus");
        Tool.Run("promtool", "test", "rules", Checkout.File("deploy/prometheus/rules.test.yml")).Succeeded().ShouldContain("SUCCESS");
    }

    [Theory]
    [InlineData(Rules)]
    [InlineData(Dashboard)]
    public void Metrics_OfTheFile_AreDocumented(string file)
    {
        var documented = File.ReadAllText(Checkout.File("docs/operations.md"));
        var named = MetricName().Matches(File.ReadAllText(Checkout.File(file))).Select(match => match.Value.Replace("_bucket", "", StringComparison.Ordinal)).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(5);
        named.Where(metric => !documented.Contains(metric, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Dashboard_Panels_HaveIdsOfTheirOwnAndDoNotOverlap()
    {
        var panels = JsonDocument.Parse(File.ReadAllText(Checkout.File(Dashboard))).RootElement.GetProperty("panels").EnumerateArray().ToList();

        panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
        var cells = panels.SelectMany(panel => Cells(panel.GetProperty("gridPos"))).ToList();
        cells.ShouldBeUnique();
        cells.ShouldAllBe(cell => cell.X < 24);
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonElement place) =>
        from x in Enumerable.Range(Of(place, "x"), Of(place, "w"))
        from y in Enumerable.Range(Of(place, "y"), Of(place, "h"))
        select (x, y);

    private static int Of(JsonElement place, string name) => place.GetProperty(name).GetInt32();

    [GeneratedRegex(@"\b(aioutliers|dotnet)_[a-z_]+")]
    private static partial Regex MetricName();
}
