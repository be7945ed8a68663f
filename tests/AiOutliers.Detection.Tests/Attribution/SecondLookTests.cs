using System.Globalization;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Attribution;

/// <summary>A total that moves by itself, and one value of thirty that does something else.</summary>
public sealed class SecondLookTests
{
    private const int Odd = 5;

    [Theory]
    [InlineData(1.08, 0, Direction.Both)]
    [InlineData(1.08, 0, Direction.Down)]
    [InlineData(0.92, 4, Direction.Both)]
    [InlineData(0.92, 4, Direction.Up)]
    public void Attribute_ValueAgainstTheTotal_IsNamed(double level, double odd, Direction direction)
    {
        var cells = Cells(level, odd, out var deviation);

        var result = Attributor.Attribute(cells, Options(direction));

        result.Verdict.ShouldNotBe(AttributionVerdict.Outside);
        result.Elements.ShouldHaveSingleItem().Where.ShouldBe([new ElementPart("dst", Text(Odd))]);
        if (direction == Direction.Both)
            result.Elements[0].Share.ShouldBe(MoveOf(odd - 1) / deviation, 0.7, "it moved against the total, by as much as it did");
    }

    [Fact]
    public void Attribute_DetectorSaysUp_DoesNotLookDown() =>
        Attributor.Attribute(Cells(1.08, 0, out _), Options(Direction.Up)).Elements
            .ShouldNotContain(static element => element.Where.Any(static part => part.Value == Text(Odd)));

    [Theory]
    [InlineData(1.3)]
    [InlineData(1.05)]
    [InlineData(0.8)]
    public void Attribute_NothingBeyondTheNoise_LiesOutside(double level)
    {
        var result = Attributor.Attribute(Cells(level, 1, out _), Options(Direction.Both));

        result.Verdict.ShouldBe(AttributionVerdict.Outside);
        result.Elements.ShouldBeEmpty();
    }

    /// <summary>Once the value that hid it is taken out, the rest is seen to have fallen together.</summary>
    [Fact]
    public void Attribute_ValueGoneWhileAllFell_NamesNothingElse()
    {
        var result = Attributor.Attribute(Cells(0.85, 0, out _), Options(Direction.Both));

        result.Elements.ShouldHaveSingleItem().Where.ShouldBe([new ElementPart("dst", Text(Odd))]);
    }

    private static AttributionOptions Options(Direction direction) =>
        new() { Regime = AttributionRegime.Count, Unit = 1, Direction = direction };

    /// <summary>What the odd value moves, of 30 × 5 cells of 1,000.</summary>
    private static double MoveOf(double change) => 5 * 1000 * change;

    private static CellTable Cells(double level, double odd, out double deviation)
    {
        var builder = new CellTableBuilder(["dst", "port"]);
        deviation = 0;
        for (var target = 0; target < 30; target++)
        {
            // From −12 to 12 %, and no value follows its number.
            var own = level * (1 + 0.02 * (target * 7 % 13 - 6)) * (target == Odd ? odd : 1);
            for (var port = 0; port < 5; port++)
            {
                builder.Add([Text(target), Text(port)], Math.Round(1000 * own), 1000);
                deviation += Math.Round(1000 * own) - 1000;
            }
        }
        return builder.Build();
    }

    private static string Text(int value) => value.ToString("D2", CultureInfo.InvariantCulture);
}
