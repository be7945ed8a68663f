namespace AiOutliers.Detection.Tests;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 rows")]
    [InlineData(1, "1 row")]
    [InlineData(4032, "4,032 rows")]
    public void Of_Number_HasItsFormAndSeparators(long count, string words) => Counted.Of(count, "row").ShouldBe(words);

    [Theory]
    [InlineData(1, "1 entity")]
    [InlineData(2, "2 entities")]
    public void Of_OtherPlural_IsTaken(long count, string words) => Counted.Of(count, "entity", "entities").ShouldBe(words);

    [Theory]
    [InlineData(1, "1 day")]
    [InlineData(1.04, "1 day")]
    [InlineData(0.5, "0.5 days")]
    public void Days_AsTheyAreShown_HaveTheirForm(double days, string words) => Counted.Days(days).ShouldBe(words);
}
