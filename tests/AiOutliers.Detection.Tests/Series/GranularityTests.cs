using AiOutliers.Detection.Series;
using CsCheck;

namespace AiOutliers.Detection.Tests.Series;

public sealed class GranularityTests
{
    [Theory]
    [InlineData("pt1m", 60)]
    [InlineData("PT5M", 300)]
    [InlineData("p1d", 86_400)]
    [InlineData("P1W", 604_800)]
    [InlineData("p1dT12h", 129_600)]
    [InlineData("PT0.5S", 0.5)]
    [InlineData("P1M", 2_592_000)]
    [InlineData("minute", 60)]
    [InlineData("five_minute", 300)]
    [InlineData("Fifteen_Minute", 900)]
    [InlineData("thirty_minute", 1800)]
    [InlineData("HOUR", 3600)]
    [InlineData("six_hour", 21_600)]
    [InlineData("eight_hour", 28_800)]
    [InlineData("day", 86_400)]
    [InlineData("week", 604_800)]
    public void Parse_PeriodOrSimpleName_KnowsItsSeconds(string text, double seconds) => Granularity.Parse(text).Seconds.ShouldBe(seconds);

    [Theory]
    [InlineData("fortnight")]
    [InlineData("all")]
    [InlineData("none")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("PT0S")]
    [InlineData("PT-5M")]
    [InlineData("5M")]
    [InlineData("PT5M ")]
    [InlineData("PT5M\n")]
    [InlineData("PT\u0665M")]
    [InlineData("PT99999999999999999999M")]
    public void Parse_AnythingElse_NamesIt(string text)
    {
        var error = Should.Throw<AiOutliersException>(() => Granularity.Parse(text));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain($"'{text}'");
        Granularity.PeriodOf(text).ShouldBeNull();
    }

    [Fact]
    public void Parse_AnyPeriod_IsTheSumOfItsParts() => Gen.Select(Gen.Int[0, 400], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[1, 9999], Gen.Bool).Sample((days, hours, minutes, seconds, lower) =>
    {
        var text = FormattableString.Invariant($"P{days}DT{hours}H{minutes}M{seconds}S");
        return Granularity.Parse(lower ? text.ToLowerInvariant() : text).Seconds == days * 86_400L + hours * 3600 + minutes * 60 + seconds;
    });

    [Fact]
    public void Parse_AnyText_IsReadOrRefusedInWords() => Gen.String[Gen.Char["PTpt0123456789YMWDHS. \n"], 0, 12].Sample(text =>
    {
        try
        {
            return Granularity.Parse(text).Seconds > 0;
        }
        catch (AiOutliersException)
        {
            return true;
        }
    });
}
