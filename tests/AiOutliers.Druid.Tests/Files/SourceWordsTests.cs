using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>What an answer says beside its rows.</summary>
public sealed class SourceWordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[ROW]},"warnings":["a part is missing"],"infos":["a gauge?"]}""")]
    [InlineData("""{"status":"success","warnings":["a part is missing"],"infos":["a gauge?"],"data":{"resultType":"matrix","result":[ROW]}}""")]
    public async Task Read_PrometheusWithWarnings_RepeatsThem(string answer)
    {
        var series = await ReadAsync(answer.Replace("ROW", """{"metric":{"warnings":"x"},"values":[[1709251200,"1"]]}""", StringComparison.Ordinal));

        series.Rows.ShouldBe(1);
        series.Table(0).Warnings.Concat(series.Warnings).ShouldBe(["Prometheus says: a part is missing", "Prometheus says: a gauge?"]);
    }

    [Fact]
    public async Task Read_PrometheusWithNativeHistogramsOnly_SaysWhatMakesNumbersOfThem() =>
        (await Should.ThrowAsync<AiOutliersException>(() => ReadAsync("""
            {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"histograms":[[1709251200,{"count":"3"}]]}]}}
            """))).Message.ShouldContain("histogram_quantile()");

    [Fact]
    public async Task Read_DruidSqlWithAHeaderOfNames_PassesItOver()
    {
        var table = (await ReadAsync("""[{"t":null,"bytes":null},{"t":"2024-03-01T00:00:00.000Z","bytes":7}]""")).SingleTable();

        table.Column("bytes").ToArray().ShouldBe([7]);
    }

    [Theory]
    [InlineData("02/09/2024 2:30 pm", "\"dd/MM/yyyy h:mm tt\"")]
    [InlineData("9/14/2024 02:30:00PM", "\"M/d/yyyy h:mm:sstt\"")]
    [InlineData("12:30:00 PM", "'12:30:00 PM' has no date")]
    public async Task Read_ClockOfTwelveHours_IsUnderstoodInTheAdvice(string time, string advice) =>
        (await Should.ThrowAsync<AiOutliersException>(() => ReadAsync($"timestamp,bytes\n{time},1\n"))).Message.ShouldContain(advice);

    private async Task<SeriesSet> ReadAsync(string text)
    {
        var path = Path.Combine(_folder.Path, "x");
        await File.WriteAllTextAsync(path, text);
        return (await InputFile.ReadAsync(path, "'x'", InputOptions.None, CancellationToken.None)).Series!;
    }
}
