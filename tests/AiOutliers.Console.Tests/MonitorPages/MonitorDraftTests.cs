using AiOutliers.Service.Console.MonitorPages;

namespace AiOutliers.Console.Tests.MonitorPages;

public sealed class MonitorDraftTests
{
    [Theory]
    [InlineData(
        """{"spec":{"series":{"dataSource":"rb_flow","metrics":["bytes","flows"],"by":["sensor_name"]},"schedule":"every 5m"}}""",
        "bytes, flows of rb_flow, by sensor_name, every 5m")]
    [InlineData(
        """{"spec":{"series":{"dataSource":"rb_flow","metrics":[{"name":"ratio"}]},"schedule":"every 1h"}}""", "ratio of rb_flow, every 1h")]
    public void Watches_Document_SaysWhatAndHowOften(string json, string words) => MonitorDraft.Watches(json).ShouldBe(words);

    [Fact]
    public void Yaml_OfADocument_BeginsWithIt() => MonitorDraft.Yaml("""{"kind":"Monitor"}""").ShouldBe("kind: Monitor\n");
}
