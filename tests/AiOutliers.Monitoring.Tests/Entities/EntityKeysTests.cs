using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Tests.Entities;

public sealed class EntityKeysTests
{
    private static readonly string[] By = ["host", "app"];

    [Theory]
    [InlineData("10.1.2.3", "dns")]
    [InlineData("", "dns")]
    [InlineData(null, "dns")]
    [InlineData("a:1-2:b", null)]
    [InlineData("'\"<b>\n\0", "3:x")]
    [InlineData(null, null)]
    public void Key_WithAnyValues_ComesBack(string? host, string? app)
    {
        var key = new SeriesKey([.. new[] { KeyValuePair.Create("host", host), KeyValuePair.Create("app", app) }
            .Where(static part => part.Value is not null).Select(static part => KeyValuePair.Create(part.Key, part.Value!))]);

        EntityKeys.Read(EntityKeys.Of(key, By), By).ShouldBe(key);
    }

    [Fact]
    public void Keys_ThatDifferInWhereAValueEnds_Differ() => EntityKeys.Of(new([new("host", "ab"), new("app", "c")]), By)
        .ShouldNotBe(EntityKeys.Of(new([new("host", "a"), new("app", "bc")]), By));
}
