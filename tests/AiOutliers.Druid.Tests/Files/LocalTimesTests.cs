using System.Globalization;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Times without an offset are of the zone that the user names, on the two days of the year, too.</summary>
public sealed class LocalTimesTests : IDisposable
{
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2024-07-01 12:00", "2024-07-01T10:00:00.000Z")]
    [InlineData("2024-01-01T12:00:00", "2024-01-01T11:00:00.000Z")]
    [InlineData("20240701T120000", "2024-07-01T10:00:00.000Z")]
    [InlineData("2024-07-01T12:00:00Z", "2024-07-01T12:00:00.000Z")]
    [InlineData("2024-07-01T12:00:00+05:00", "2024-07-01T07:00:00.000Z")]
    [InlineData("2024-07-01 12:00:00 UTC", "2024-07-01T12:00:00.000Z")]
    [InlineData("Mon, 01 Jul 2024 12:00:00 GMT", "2024-07-01T12:00:00.000Z")]
    [InlineData("1719835200", "2024-07-01T12:00:00.000Z")]
    public async Task Read_Time_IsLocalOnlyWhereItSaysNoOffset(string text, string instant)
    {
        var csv = await ReadAsync($"time,bytes\n\"{text}\",1\n");
        var json = await ReadAsync($$"""{"time":"{{text}}","bytes":1}""" + "\n");

        Instants(csv).ShouldBe([instant]);
        csv.Table(0).Timestamps.ShouldBe([text]);
        Instants(json).ShouldBe([instant]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public async Task Read_HourThatComesTwice_IsTwoHours(string format)
    {
        string[] local = ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"];
        var series = await ReadAsync(Written(format, [.. local.Select(static time => $"2024-10-27 {time}:00")]));

        Instants(series).Select(static instant => instant[11..16]).ShouldBe(["23:30", "00:00", "00:30", "01:00", "01:30", "02:00"]);
        series.Table(0).Warnings.Concat(series.Warnings).ShouldBe(
        [
            "Times without an offset are those of the clock of Europe/Madrid.",
            "4 rows of an hour that the clock of Europe/Madrid shows twice: where its times begin again, the second begins.",
        ]);
    }

    [Fact]
    public async Task Read_HourThatComesTwiceInManySeries_IsTwoHoursOfEach()
    {
        string[] local = ["02:00", "02:30", "02:00", "02:30"];
        var series = await ReadAsync("time,host,bytes\n" + string.Concat(local.Select(static time => $"2024-10-27 {time},a,1\n2024-10-27 {time},b,1\n")));

        series.Count.ShouldBe(2);
        for (var at = 0; at < 2; at++)
            Instants(series, at).Select(static instant => instant[11..16]).ShouldBe(["00:00", "00:30", "01:00", "01:30"]);
        series.Table(1).Timestamps[^1].ShouldBe("2024-10-27 02:30");
    }

    [Fact]
    public async Task Read_HourThatIsSkipped_CountsAsIfTheClockHadNotChangedAndIsTold()
    {
        var series = await ReadAsync("time,bytes\n2024-03-31 01:30,1\n2024-03-31 02:30,2\n2024-03-31 04:00,3\n");

        Instants(series).Select(static instant => instant[11..16]).ShouldBe(["00:30", "01:30", "02:00"]);
        series.Warnings.ShouldContain("1 row of an hour that the clock of Europe/Madrid skips: it counts as if it had not been put forward.");
    }

    [Fact]
    public async Task Read_TimeFormat_IsLocalUnlessItHasAnOffset()
    {
        Instants(await ReadAsync("time,bytes\n01/07/2024 12:00,1\n", "dd/MM/yyyy HH:mm")).ShouldBe(["2024-07-01T10:00:00.000Z"]);
        Instants(await ReadAsync("time,bytes\n01/07/2024 12:00 +05:00,1\n", "dd/MM/yyyy HH:mm zzz")).ShouldBe(["2024-07-01T07:00:00.000Z"]);
    }

    [Fact]
    public async Task Read_Nfdump_IsOfTheZoneWithoutTheHourThatComesTwice()
    {
        string[] starts = ["01:56:00", "02:01:00", "02:31:00", "03:01:00"];
        var series = await ReadAsync("ts,te,td,sa,da,sp,dp,pr,flg,ipkt,ibyt\n"
            + string.Concat(starts.Select(static start => $"2024-10-27 {start},2024-10-27 {start},0.1,10.0.0.1,10.0.0.2,1,2,TCP,.A,3,100\n")));

        Instants(series).Select(static instant => instant[11..16]).ShouldBe(["23:55", "02:00"]);
        series.Warnings[1].ShouldContain("left out");
    }

    private static string[] Instants(SeriesSet series, int at = 0) => [.. series.Table(at).Times.ToArray().Select(CanonicalTimestamp.Of)];

    private byte[] Written(string format, string[] times)
    {
        if (format == "csv")
            return Encoding.UTF8.GetBytes("time,bytes\n" + string.Concat(times.Select(static time => time + ",1\n")));
        if (format == "json")
            return Encoding.UTF8.GetBytes(string.Concat(times.Select(static time => $$"""{"time":"{{time}}","bytes":1}""" + "\n")));
        var path = Path.Combine(_folder.Path, "x.parquet");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"COPY (SELECT t::TIMESTAMP AS time, 1 AS bytes FROM (VALUES {string.Join(", ", times.Select(static time => $"('{time}')"))}) AS v(t)) TO '{path}' (FORMAT parquet)");
        command.ExecuteNonQuery();
        return File.ReadAllBytes(path);
    }

    private Task<SeriesSet> ReadAsync(string text, string? timeFormat = null) => ReadAsync(Encoding.UTF8.GetBytes(text), timeFormat);

    private async Task<SeriesSet> ReadAsync(byte[] content, string? timeFormat = null)
    {
        var path = Path.Combine(_folder.Path, "x");
        await File.WriteAllBytesAsync(path, content);
        var options = new InputOptions { Zone = Madrid, TimeFormat = timeFormat };
        return (await InputFile.ReadAsync(path, "'x'", options, CancellationToken.None)).Series!;
    }
}
