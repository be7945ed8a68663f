using System.Text.RegularExpressions;
using System.Xml.Linq;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests;

/// <summary>The rooms of <c>src</c> know each other one way only; a new room says here what it may know.</summary>
public sealed class ArchitectureTests
{
    private const string Prefix = "AiOutliers.";

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Detection"] = [],
        ["Druid"] = ["Detection"],
        ["Models"] = ["Detection"],
        ["Cluster"] = ["Detection"],
        ["Engine"] = ["Detection", "Druid", "Models"],
        ["Monitoring"] = ["Detection", "Druid", "Engine", "Models"],
        ["Service"] = ["Cluster", "Detection", "Druid", "Engine", "Models", "Monitoring"],
    };

    /// <summary>The worker of the cluster tests runs jobs as the executable does.</summary>
    private static readonly string[] TestsOfTheExecutable =
        ["AiOutliers.Cluster.Worker", "AiOutliers.Console.Tests", "AiOutliers.Service.Tests"];

    public static TheoryData<string> Rooms() =>
        [.. Directory.GetDirectories(Path.Combine(Golden.Root, "src")).Select(folder => Path.GetFileName(folder)[Prefix.Length..]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Project_References_PointToAllowedRoomsOnly(string room)
    {
        Allowed.ShouldContainKey(room, $"src/{Prefix}{room} is a new room: add what it may know");
        References(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)[Prefix.Length..]).Except(Allowed[room]).ShouldBeEmpty();
    }

    /// <summary>A reference that comes along with another one would let a forbidden name compile.</summary>
    [Theory]
    [MemberData(nameof(Rooms))]
    public void Source_NamesOfOtherRooms_AreThoseOfAllowedRoomsOnly(string room)
    {
        var named = Directory.EnumerateFiles(Path.Combine(Golden.Root, "src", Prefix + room), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).SelectMany(static line => Regex.Matches(line, @"\bAiOutliers\.(\w+)")).Select(static match => match.Groups[1].Value);
        named.Where(Allowed.ContainsKey).Distinct().Except([.. Allowed[room], room]).ShouldBeEmpty();
    }

    [Fact]
    public void Bench_References_DoNotHoldTheExecutable() =>
        Directory.EnumerateFiles(Path.Combine(Golden.Root, "bench"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(static file => Items(file, "ProjectReference")).ShouldNotContain(static path => path.Contains("AiOutliers.Service"));

    [Fact]
    public void Service_Internals_AreSeenByItsTestsAlone() =>
        References("Service", "InternalsVisibleTo").ShouldAllBe(static name => TestsOfTheExecutable.Contains(name));

    [Fact]
    public void Engine_KnowsNoWebServer() =>
        File.ReadAllText(ProjectOf("Engine")).ShouldNotContain("Microsoft.AspNetCore");

    [Theory]
    [InlineData("AWSSDK.S3")]
    [InlineData("PureHDF")]
    public void Package_OfModelFiles_BelongsToModelsAlone(string package) =>
        Allowed.Keys.Where(room => References(room, "PackageReference").Contains(package)).ShouldBe(["Models"]);

    /// <summary>What a job does is its enqueuer's affair.</summary>
    [Theory]
    [InlineData("Training")]
    [InlineData("Models")]
    [InlineData("\"model")]
    [InlineData("sensor")]
    public void Cluster_Sources_KnowNoJobsContent(string word) =>
        Directory.EnumerateFiles(Path.Combine(Golden.Root, "src", Prefix + "Cluster"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)).Select(Path.GetFileName).ShouldBeEmpty();

    private static IEnumerable<string> References(string room, string kind) => Items(ProjectOf(room), kind);

    private static string ProjectOf(string room) => Path.Combine(Golden.Root, "src", Prefix + room, $"{Prefix}{room}.csproj");

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(static item => (string)item.Attribute("Include")!);
}
