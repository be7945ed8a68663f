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
        // Models only until a job's payload is its enqueuer's affair.
        ["Cluster"] = ["Detection", "Models"],
        ["Service"] = ["Cluster", "Detection", "Druid", "Models"],
    };

    public static TheoryData<string> Rooms() =>
        [.. Directory.GetDirectories(Path.Combine(Golden.Root, "src")).Select(folder => Path.GetFileName(folder)[Prefix.Length..]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Project_References_PointToAllowedRoomsOnly(string room)
    {
        Allowed.ShouldContainKey(room, $"src/{Prefix}{room} is a new room: add what it may know");
        References(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)[Prefix.Length..]).Except(Allowed[room]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AWSSDK.S3")]
    [InlineData("PureHDF")]
    public void Package_OfModelFiles_BelongsToModelsAlone(string package) =>
        Allowed.Keys.Where(room => References(room, "PackageReference").Contains(package)).ShouldBe(["Models"]);

    private static IEnumerable<string> References(string room, string kind) =>
        XDocument.Load(Path.Combine(Golden.Root, "src", Prefix + room, $"{Prefix}{room}.csproj")).Descendants(kind).Select(item => (string)item.Attribute("Include")!);
}
