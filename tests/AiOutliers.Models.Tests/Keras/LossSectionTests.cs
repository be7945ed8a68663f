using System.Text;
using AiOutliers.Models.Keras;

namespace AiOutliers.Models.Tests.Keras;

public sealed class LossSectionTests
{
    private const string Profile = """
        [Columns]
        metrics = bytes
        timestamp = minute
        [General]
        avg_loss = 0.1
        std_loss = 0.1
        window_size = 16
        num_windows = 2
        [Format]
        version = 2
        trained_at = 2026-11-20T12:30:01Z
        rows = 5

        """;

    [Fact]
    public void Losses_Written_AreReadAgain()
    {
        var record = new TrainingRecord(DateTimeOffset.UnixEpoch, 5) { Losses = new([0.5, 0.25, 0.125], [0.4, 0.3, 0.35], 2) };
        var profile = ProfileFile.Read(Bytes(""));
        var read = ProfileFile.ReadTraining(new MemoryStream(ProfileText.Write(profile, record)))!.Losses!;
        read.Training.ShouldBe([0.5, 0.25, 0.125]);
        read.Validation.ShouldBe([0.4, 0.3, 0.35]);
        read.Kept.ShouldBe(2);
    }

    /// <summary>A curve is for people: no model is refused for it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("[Losses]\ntraining = 1, x\nkept = 1\n")]
    [InlineData("[Losses]\ntraining = 1, NaN\nkept = 1\n")]
    [InlineData("[Losses]\ntraining = 1, 2\nvalidation = 1\nkept = 1\n")]
    [InlineData("[Losses]\ntraining = 1, 2\nkept = 3\n")]
    [InlineData("[Losses]\ntraining = 1, 2\n")]
    public void Losses_MissingOrDamaged_AreAsIfNotThere(string section)
    {
        var read = ProfileFile.ReadTraining(Bytes(section))!;
        read.Losses.ShouldBeNull();
        read.Rows.ShouldBe(5);
    }

    private static MemoryStream Bytes(string section) => new(Encoding.UTF8.GetBytes(Profile + section));
}
