using AiOutliers.Detection;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Console.Tests.Explore;

public sealed class TimeRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Last_DataThatHasEnded_CountsFromItsEnd()
    {
        var last = new DateTimeOffset(2024, 9, 29, 23, 59, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        TimeRange.Last("1h", (0, last), Now).ShouldBe(new(last + 60_000 - 3_600_000, last + 60_000));
    }

    [Fact]
    public void Last_DataThatStillComesIn_CountsFromNow() =>
        TimeRange.Last("1h", (0, Now.AddHours(2).ToUnixTimeMilliseconds()), Now).Until.ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 5, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

    [Fact]
    public void Between_TimesOfAZone_AreThatClocks()
    {
        var madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
        TimeRange.Between("2024-09-24 14:10", "2024-09-24T13:00Z", madrid, 0)
            .ShouldBe(new(DateTimeOffset.Parse("2024-09-24T12:10Z").ToUnixTimeMilliseconds(), DateTimeOffset.Parse("2024-09-24T13:00Z").ToUnixTimeMilliseconds()));
    }

    [Theory]
    [InlineData("nonsense", "2024-09-25", "from")]
    [InlineData("2024-09-25", "2024-09-24", "not before")]
    public void Between_WrongTimes_NamesThem(string from, string until, string words) =>
        Should.Throw<AiOutliersException>(() => TimeRange.Between(from, until, TimeZoneInfo.Utc, 0)).Message.ShouldContain(words);

    [Fact]
    public void Before_ATime_IsWhatHasBeen()
    {
        new TimeRange(1000, 3000).Before(2000).ShouldBe(new(1000, 2000));
        new TimeRange(1000, 3000).Before(3000).ShouldBe(new(1000, 3000));
        Should.Throw<AiOutliersException>(() => new TimeRange(2000, 3000).Before(2000)).Message
            .ShouldBe("from = 1970-01-01T00:00:02.000Z is yet to come: it is 1970-01-01T00:00:02.000Z");
    }
}
