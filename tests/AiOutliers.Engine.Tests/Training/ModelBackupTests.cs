using AiOutliers.Engine.Training;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Training;

public sealed class ModelBackupTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 58, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _models = new();
    private readonly TemporaryFolder _backups = new();

    public ModelBackupTests()
    {
        foreach (var ending in new[] { ".keras", ".ini" })
            File.Copy(Golden.Path($"keras/k2_traffic_trained{ending}"), Path.Combine(_models.Path, "mine" + ending));
    }

    public void Dispose()
    {
        _models.Dispose();
        _backups.Dispose();
    }

    [Fact]
    public void Write_MoreThanAreKept_RemovesTheOldest()
    {
        string[] others = ["mine-2-26-01-01T00-00.keras", "mine-old.keras", "mine.keras", "notes.txt"];
        foreach (var other in others)
            File.WriteAllText(Path.Combine(_backups.Path, other), "somebody else's");
        // Eleven in the first minute: the tenth is older than the eleventh, though its name comes later.
        for (var i = 0; i < 11; i++)
            Write(Start);
        Write(Start.AddMinutes(2));

        Stems("mine-26").ShouldBe(["mine-26-03-01T09-58-10", "mine-26-03-01T09-58-11", "mine-26-03-01T10-00"]);
        Directory.GetFiles(_backups.Path, "mine-26*.ini").Length.ShouldBe(3);
        others.ShouldAllBe(other => File.Exists(Path.Combine(_backups.Path, other)));
    }

    [Fact]
    public void Write_KeepZero_KeepsAll()
    {
        for (var i = 0; i < 5; i++)
            Write(Start.AddDays(i), keep: 0);
        Stems("mine-26").Count().ShouldBe(5);
    }

    private void Write(DateTimeOffset now, int keep = 3) =>
        ModelBackup.Write(new() { BackupPath = _backups.Path, BackupKeep = keep }, _models.Path, "mine", now);

    private IEnumerable<string?> Stems(string start) =>
        Directory.GetFiles(_backups.Path, start + "*.keras").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
}
