using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Detectors.LevelShift;

public sealed class ShiftGoldenTests
{
    private const double Relative = 1e-9;

    public static TheoryData<string> Series => ["clean", "nopeak", "ramp", "shift", "step_down"];

    [Theory]
    [MemberData(nameof(Series))]
    public void Fill_GoldenSeries_GivesTheGoldenBlocks(string name)
    {
        var golden = Load(name);

        var (blocks, logarithmOfUnit) = Blocks(golden);

        ShouldAgree(blocks, Numbers(golden, "blocks"), logarithmOfUnit);
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Polish_GoldenSeries_GivesTheGoldenDay(string name)
    {
        var golden = Load(name);
        var grid = new DayGrid(golden.GetProperty("hint").GetInt32());
        var (blocks, logarithmOfUnit) = Blocks(golden);

        var profile = DayProfile.Polish(blocks, grid, new double[grid.BlocksPerDay], new double[DayProfile.MostDays(blocks.Length, grid)]);

        profile.Cut.ShouldBe(golden.GetProperty("k0").GetInt32());
        ShouldAgree(profile.Shape.ToArray(), Numbers(golden, "profile"), 0);
        ShouldAgree(profile.Levels.ToArray(), Numbers(golden, "levels"), logarithmOfUnit);
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Find_GoldenSeries_FindsTheGoldenEvents(string name)
    {
        var golden = Load(name);

        var events = ShiftAlarm.Find(Numbers(golden, "x"), golden.GetProperty("hint").GetInt32(), Sensitivity.Normal);

        var expected = golden.GetProperty("events").EnumerateArray().ToArray();
        events.Count.ShouldBe(expected.Length);
        foreach (var (found, wanted) in events.Zip(expected))
        {
            found.Start.ShouldBe((int)wanted.GetProperty("start").GetDouble());
            found.End.ShouldBe((int)wanted.GetProperty("end").GetDouble());
            found.Lasting.ShouldBe(wanted.GetProperty("kind").GetString() == "step");
            found.Direction.ShouldBe((int)wanted.GetProperty("direction").GetDouble());
            if (!HasMissing(golden))
                ShouldAgree([found.Size, found.Score], [wanted.GetProperty("size").GetDouble(), wanted.GetProperty("score").GetDouble()], 0);
        }
    }

    /// <summary>The golden sizes of pulses are of blocks on lines across gaps; ours leave them out.</summary>
    private static bool HasMissing(JsonElement golden) => Numbers(golden, "blocks").Contains(double.NaN);

    /// <summary>The blocks, and the logarithm of the unit that ours are free of and the golden ones hold.</summary>
    private static (double[] Blocks, double LogarithmOfUnit) Blocks(JsonElement golden)
    {
        var values = Numbers(golden, "x");
        var grid = new DayGrid(golden.GetProperty("hint").GetInt32());
        var scale = BlockScale.Of(values);
        var blocks = new double[grid.Count(values.Length)];
        BlockMedians.Fill(values, grid, scale, blocks);
        return (blocks, Math.Log(scale.Unit));
    }

    private static void ShouldAgree(double[] ours, double[] golden, double offset)
    {
        ours.Length.ShouldBe(golden.Length);
        for (var i = 0; i < ours.Length; i++)
        {
            if (double.IsNaN(golden[i]))
                ours[i].ShouldBe(double.NaN);
            else
                (ours[i] + offset).ShouldBe(golden[i], Relative * Math.Max(1, Math.Abs(golden[i])));
        }
    }

    private static JsonElement Load(string name) => JsonDocument.Parse(File.ReadAllBytes(Golden.Path($"detectors/shift_{name}.json"))).RootElement;

    private static double[] Numbers(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];
}
