using System.Globalization;
using System.Text;
using AiOutliers.Druid.Files;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>The fast way to a number gives what the general one gives, to the bit, or nothing.</summary>
public sealed class PlainNumberTests
{
    private static readonly CsvNumbers General = CsvNumbers.Of(["1"], separatedByComma: true);

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0", true)]
    [InlineData("-12.50", true)]
    [InlineData("999999999999999", true)]
    [InlineData("0.1", true)]
    [InlineData("0.00000000000001", true)]
    [InlineData("1234567890123456", false)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData(".5", false)]
    [InlineData("5.", false)]
    [InlineData("1.2.3", false)]
    [InlineData(" 1", false)]
    [InlineData("1e5", false)]
    [InlineData("1,5", false)]
    public void TryParse_Text_IsReadOrLeftToTheGeneralWay(string text, bool isPlain)
    {
        PlainNumber.TryParse(Encoding.UTF8.GetBytes(text), allowsPoint: true, out var value).ShouldBe(isPlain);
        if (isPlain)
            Bits(value).ShouldBe(Bits(double.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void TryParse_WherePointsStandBetweenThousands_TakesDigitsOnly()
    {
        PlainNumber.TryParse("1.234"u8, allowsPoint: false, out _).ShouldBeFalse();
        PlainNumber.TryParse("1234"u8, allowsPoint: false, out var value).ShouldBeTrue();
        value.ShouldBe(1234);
    }

    [Fact]
    public void TryParse_AnyDigits_AreRoundedAsTheGeneralWayDoes()
    {
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var digits = random.NextInt64((long)Math.Pow(10, random.Next(1, 16))).ToString(CultureInfo.InvariantCulture);
            var text = digits.Insert(random.Next(digits.Length + 1), ".").Trim('.');
            PlainNumber.TryParse(Encoding.UTF8.GetBytes(text), allowsPoint: true, out var value).ShouldBeTrue(text);
            General.TryParse(text, out var expected).ShouldBeTrue();
            Bits(value).ShouldBe(Bits(expected), text);
        }
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
