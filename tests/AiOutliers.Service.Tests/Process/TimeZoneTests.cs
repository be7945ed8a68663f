using System.Globalization;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Traffic that follows the clock of Madrid, over the night in which summer time begins.</summary>
[Trait("tier", "integration")]
public sealed class TimeZoneTests : IDisposable
{
    private const int PerDay = 288, Days = 21;

    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Detect_ZoneAsOptionOrConfigured_JudgesByTheClockOfThePlace()
    {
        var file = Path.Combine(_folder.Path, "madrid.csv");
        File.WriteAllText(file, "timestamp,bytes\n" + string.Concat(Rows().Select(row => $"{row.Time},{row.Bytes}\n")));

        (await DetectAsync(file, [])).ExitCode.ShouldBe(3);
        (await DetectAsync(file, [], "--time-zone", "Europe/Madrid")).ExitCode.ShouldBe(0);
        (await DetectAsync(file, new() { ["Outliers__time_zone"] = "Europe/Madrid" })).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Calculate_ConfiguredZone_JudgesByTheClockOfThePlace()
    {
        var data = $"[{string.Join(',', Rows().Select(row => $$$"""{"timestamp":"{{{row.Time}}}","result":{"bytes":{{{row.Bytes}}}}}"""))}]";

        (await MarksAsync(data, "UTC")).ShouldBeGreaterThan(0);
        (await MarksAsync(data, "Europe/Madrid")).ShouldBe(0);
    }

    private static async Task<int> MarksAsync(string data, string zone)
    {
        await using var service = await ServiceProcess.StartAsync(
            ServiceFixture.Command, new Dictionary<string, string> { ["Outliers__time_zone"] = zone });
        var answer = await ServiceFixture.PostAsync(service, "/calculate", ("data", data));
        return answer.Json.GetProperty("anomalies").GetArrayLength();
    }

    private static Task<CommandRun> DetectAsync(string file, Dictionary<string, string> environment, params string[] options) =>
        CommandRun.OfAsync([.. ServiceFixture.Command, "detect", file, .. options], "", environment);

    /// <summary>Nights of a tenth, mornings that rise within two hours.</summary>
    private static IEnumerable<(string Time, long Bytes)> Rows()
    {
        var random = new Random(5);
        for (var row = 0; row < Days * PerDay; row++)
        {
            var time = new DateTimeOffset(2024, 3, 17, 0, 0, 0, TimeSpan.Zero).AddMinutes(5 * row);
            var hour = TimeZoneInfo.ConvertTime(time, Madrid).TimeOfDay.TotalHours;
            var day = 0.1 + Logistic(3 * (hour - 8)) * Logistic(2 * (19 - hour));
            var noise = 0.05 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
            yield return (time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), (long)(1e6 * day * Math.Exp(noise)));
        }
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
