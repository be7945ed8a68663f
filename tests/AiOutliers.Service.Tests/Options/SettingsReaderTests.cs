using AiOutliers.Detection;
using AiOutliers.Service.Options;

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

    [Fact]
    public void Read_NoSuchFile_SaysSo() =>
        Should.Throw<AiOutliersException>(() => SettingsReader.Read("/nowhere/config.ini", false, DetectorCatalog.Names)).Message.ShouldContain("no such file");

    private Settings Read(string ini)
    {
        File.WriteAllText(_file, ini);
        return SettingsReader.Read(_file, testing: false, DetectorCatalog.Names);
    }
}
