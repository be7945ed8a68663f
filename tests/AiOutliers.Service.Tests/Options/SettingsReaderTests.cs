using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Service.Options;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Options;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_PlaceholdersOfTheSample_CountAsUnset()
    {
        var settings = Read("[Druid]\ndruid_endpoint=http://x.x.x.x:8080/druid/v2/\n[AWS]\ns3_public_key=my_key\n");

        settings.DruidEndpoint.ShouldBeNull();
        settings.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Read_UnknownKey_IsAWarningThatNamesIt() =>
        Read("[Outliers]\nmetrik=bytes\n").Warnings.ShouldHaveSingleItem().ShouldContain("metrik");

    [Fact]
    public void Read_BadValues_ReportsAllAtOnceWithWhatIsAllowed()
    {
        var error = Should.Throw<AiOutliersException>(() => Read("[OutliersServerProduction]\noutliers_server_port=high\n[ShallowOutliers]\nsensitivity=2\n"));

        error.Kind.ShouldBe(ErrorKind.BadConfiguration);
        error.Message.ShouldContain("[OutliersServerProduction] outliers_server_port = 'high'");
        error.Message.ShouldContain("[ShallowOutliers] sensitivity = '2' is not allowed; it takes a number from 0 to 1");
    }

    [Theory]
    [InlineData("[Outliers]\nepochs=many\n", "[Outliers] epochs = 'many'")]
    [InlineData("[Outliers]\nschedule_hour=at night\n", "a cron expression of five fields")]
    [InlineData("[Redis]\nrd_port=0\n", "[Redis] rd_port = '0'")]
    [InlineData("[Models]\nkeras_format=4\n", "one of 2, 3")]
    [InlineData("[Druid]\ndruid_endpoint=duckdb:/no/such/folder\n", "a folder that exists")]
    [InlineData("[Druid]\ndruid_endpoint=broker:8082\n", "http or https URL")]
    [InlineData("[Outliers]\ntime_zone=Madrid\n", "[Outliers] time_zone = 'Madrid' is not allowed; it takes the IANA name of a time zone")]
    [InlineData("[Outliers]\ndefault_detector=magic\n", "[Outliers] default_detector = 'magic' is not allowed; it takes one of ")]
    public void Read_BadValueOfAnyCommand_StopsTheStart(string ini, string words) =>
        Should.Throw<AiOutliersException>(() => Read(ini)).Message.ShouldContain(words);

    [Theory]
    [InlineData("0 3 * * *")]
    [InlineData("*/15 0-6,22 1 JAN-MAR MON#1")]
    public void Read_CronExpression_IsAccepted(string schedule) => Read($"[Outliers]\nschedule_hour={schedule}\n").Warnings.ShouldBeEmpty();

    [Fact]
    public void Read_TimeZone_IsThatOfTheDefaultDetector()
    {
        Read("[Outliers]\ntime_zone=Europe/Madrid\n").Engine.SeasonalScan.TimeZone.Id.ShouldBe("Europe/Madrid");
        Read("").Engine.SeasonalScan.TimeZone.ShouldBe(TimeZoneInfo.Utc);
    }

    [Fact]
    public void Read_Traffic_NamesSourceColumnsAndMetrics()
    {
        using var folder = new TemporaryFolder();
        var metrics = Path.Combine(folder.Path, "metrics.json");
        File.WriteAllText(metrics, """[{"name":"octets","aggregator":{"type":"count"}}]""");

        var ini = $"[Traffic]\ndata_source=flows\nsensor_dimension=site\nmonitor_metric=value\nexplain_data_source=detail\nexplain_dimensions=a, b\nmetrics={metrics}\n";
        var traffic = Read(ini).Engine.Traffic;

        (traffic.DataSource, traffic.SensorDimension, traffic.MonitorMetric).ShouldBe(("flows", "site", "value"));
        (traffic.ExplainDataSource, string.Join('|', traffic.ExplainDimensions)).ShouldBe(("detail", "a|b"));
        traffic.Columns.ShouldBe(["octets"]);
    }

    [Fact]
    public void Read_TrafficMetricsThatAreNotThere_StopsTheStart() =>
        Should.Throw<AiOutliersException>(() => Read("[Traffic]\nmetrics=/no/such/file.json\n")).Message
            .ShouldContain("[Traffic] metrics = '/no/such/file.json' is not allowed; it takes a JSON file with a list of metrics (");

    [Fact]
    public void Read_ModelFolderThatIsNotThere_IsAWarning() =>
        Read("[Models]\npath=/no/such/folder\n").Warnings.ShouldHaveSingleItem().ShouldContain("the folder does not exist");

    [Fact]
    public void Read_NoSuchFile_SaysSo() =>
        Should.Throw<AiOutliersException>(() => SettingsReader.Read("/nowhere/config.ini", false, DetectorCatalog.Names)).Message.ShouldContain("the file does not exist");

    private Settings Read(string ini)
    {
        File.WriteAllText(_file, ini);
        return SettingsReader.Read(_file, testing: false, DetectorCatalog.Names);
    }
}
