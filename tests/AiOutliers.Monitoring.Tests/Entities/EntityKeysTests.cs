using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Incidents;

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
    public void Key_WithAnyValues_ComesBack(string? host, string? app)
    {
        var key = new SeriesKey([.. new[] { KeyValuePair.Create("host", host), KeyValuePair.Create("app", app) }
            .Where(static part => part.Value is not null).Select(static part => KeyValuePair.Create(part.Key, part.Value!))]);

        EntityKeys.Read(EntityKeys.Of(key, By), By).ShouldBe(key);
    }

    /// <summary>A silent source has the empty key: it must not be taken for the rows in which no dimension has a value.</summary>
    [Fact]
    public void Key_WithoutAnyValue_IsNotTheEmptyOne()
    {
        var key = EntityKeys.Read(EntityKeys.Of(SeriesKey.None, By), By);

        IncidentFacts.KeyOf(key).ShouldBe("""{"host":null,"app":null}""");
        EntityKeys.Of(IncidentFacts.KeyFrom(IncidentFacts.KeyOf(key)), By).ShouldBe("--");
        key.ToString().ShouldBe("host=(no value), app=(no value)");
        EntityKeys.Read(EntityKeys.Of(SeriesKey.None, []), []).ShouldBe(SeriesKey.None);
    }

    [Fact]
    public void Keys_ThatDifferInWhereAValueEnds_Differ() => EntityKeys.Of(new([new("host", "ab"), new("app", "c")]), By)
        .ShouldNotBe(EntityKeys.Of(new([new("host", "a"), new("app", "bc")]), By));
}
