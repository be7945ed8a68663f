using AiOutliers.Monitoring;
using AiOutliers.Service.Options;
using Microsoft.Extensions.Configuration;

namespace AiOutliers.Service.Tests.Options;

public sealed class StorageSectionTests
{
    [Fact]
    public void Read_NothingSet_IsAFileOfThisNode()
    {
        var (settings, violations) = Read(hasSeveralNodes: false);
        violations.ShouldBeEmpty();
        (settings!.Database.ToString(), settings.Keep, settings.PublicUrl).ShouldBe(("SQLite data/aioutliers.db", TimeSpan.FromDays(400), null));
    }

    [Fact]
    public void Read_SeveralNodesAndNoDatabase_IsNoMonitorsAndNoViolation()
    {
        var (settings, violations) = Read(hasSeveralNodes: true);
        violations.ShouldBeEmpty();
        settings.ShouldBeNull();
    }

    [Fact]
    public void Read_SeveralNodesAndAFile_StopsTheStart() =>
        Read(hasSeveralNodes: true, ("Storage:database", "sqlite:a.db")).Violations.ShouldHaveSingleItem().ShouldBe(
            "[Storage] database = 'sqlite:a.db' is not allowed; it takes a PostgreSQL database, because [Redis] rd_hostname is set: a file is seen by one node only.");

    [Fact]
    public void Read_ConnectionStringOfNothing_IsRejectedWithoutItsPassword() =>
        Read(hasSeveralNodes: true, ("Storage:database", "Hst=db;Password=s3cret")).Violations.ShouldHaveSingleItem().ShouldNotContain("s3cret");

    [Fact]
    public void Read_ConnectionString_IsPostgres() =>
        Read(hasSeveralNodes: true, ("Storage:database", "Host=db;Database=a;Username=u;Password=s3cret"), ("Storage:keep_days", "7"))
            .Settings!.ShouldSatisfyAllConditions(
                static settings => settings.Database.ToString().ShouldBe("PostgreSQL db:5432/a"),
                static settings => settings.Keep.ShouldBe(TimeSpan.FromDays(7)));

    [Fact]
    public void Read_PublicUrlThatIsNotOne_IsRejected() =>
        Read(hasSeveralNodes: false, ("Alerts:public_url", "here")).Violations.ShouldHaveSingleItem().ShouldContain("[Alerts] public_url = 'here'");

    private static (MonitoringSettings? Settings, IReadOnlyList<string> Violations) Read(bool hasSeveralNodes, params (string Key, string Value)[] values)
    {
        var reader = new SectionReader(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build());
        return (StorageSection.Read(reader, hasSeveralNodes), reader.Violations);
    }
}
