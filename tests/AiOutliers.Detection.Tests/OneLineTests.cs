namespace AiOutliers.Detection.Tests;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("traffic", "traffic")]
    [InlineData("exactly ten", "exactly te…")]
    [InlineData("a\r\nb\tc\0d", "a  b c d")]
    [InlineData("\u001b[2Jx", " [2Jx")]
    [InlineData("a\u2028b\u2029c\u202Ed\u200Be", "a b c d e")]
    [InlineData("123456789\U0001F600", "123456789…")]
    [InlineData("12345678\U0001F600", "12345678\U0001F600")]
    [InlineData("a\U000E0001b", "a b")]
    public void Text_OfAnyKind_StaysOnItsLine(string text, string line) => OneLine.Of(text, 10).ShouldBe(line);

    [Fact]
    public void Text_WithHalfACharacter_HasTheReplacement() => OneLine.Of("a\ud83d", 10).ShouldBe("a\uFFFD");

    [Fact]
    public void Text_OfMegabytes_IsCut() => OneLine.Of(new string('x', 3_000_000), 100).ShouldBe(new string('x', 100) + "…");
}
