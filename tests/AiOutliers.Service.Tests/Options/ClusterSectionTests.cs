using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Tests.Options;

public sealed class ClusterSectionTests : IDisposable
{
    private const string Secret = "a-secret-that-nobody-may-see";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_Nothing_IsAllInThisProcess()
    {
        var cluster = Read("");
        cluster.S3.ShouldBeNull();
        cluster.Queue.Redis.ShouldBeNull();
        cluster.Consul.ShouldBeNull();
        cluster.NtpServer.ShouldBeNull();
        cluster.Dashboard.Access.ShouldBe("off");
        cluster.Poll.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Read_PlaceholdersOfTheSample_CountAsUnset()
    {
        var cluster = Read("[AWS]\ns3_hostname=x.x.x.x\ns3_public_key=my_key\ns3_private_key=my_secret\ns3_region=us-east-1\ns3_bucket=my_bucket\n[Redis]\nrd_hostname=x.x.x.x\nrd_port=6379\nrd_secret=my_secret\n[NTP]\nntp_server=x.x.x.x\n");
        cluster.S3.ShouldBeNull();
        cluster.Queue.Redis.ShouldBeNull();
        cluster.NtpServer.ShouldBeNull();
    }

    [Fact]
    public void Read_AllKeys_AreRead()
    {
        var cluster = Read(
            $"[AWS]\ns3_hostname=s3.example\ns3_public_key=key\ns3_private_key={Secret}\ns3_bucket=models\n[Redis]\nrd_hostname=redis\nrd_port=6380\nrd_secret={Secret}\n"
            + "[Consul]\nconsul_endpoint=localhost:8500\nservice_port=80\n[NTP]\nntp_server=ntp.example\n[Outliers]\nschedule_hour=0 2 * * *\ntarget_sensors=a, b/c ,a\nmodel_names=traffic\n");

        cluster.S3!.Endpoint.ShouldBe(new Uri("https://s3.example"));
        cluster.S3.Region.ShouldBe("us-east-1");
        cluster.Queue.Redis!.Port.ShouldBe(6380);
        cluster.Consul!.Endpoint.ShouldBe(new Uri("http://localhost:8500"));
        cluster.Consul.ServicePort.ShouldBe(80);
        cluster.Schedule.Sensors.ShouldBe(["a", "b/c"]);
        cluster.Schedule.Models.ShouldBe(["traffic"]);
        cluster.ToString().ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("[Outliers]\nschedule_hour=0 0 2 * * *", "[Outliers] schedule_hour = '0 0 2 * * *'")]
    [InlineData("[Outliers]\nmodel_names=a:b", "[Outliers] model_names = 'a:b'")]
    [InlineData("[Outliers]\nmodel_names=../x", "[Outliers] model_names = '../x'")]
    [InlineData("[Redis]\nrd_hostname=redis\nrd_port=none", "[Redis] rd_port = 'none'")]
    [InlineData("[Redis]\nrd_hostname=redis\nrd_tls=yes", "[Redis] rd_tls = 'yes'")]
    [InlineData("[Redis]\nrd_hostname=redis\nrd_ca_file=/ca.pem", "[Redis] rd_ca_file = '/ca.pem'")]
    [InlineData("[Redis]\nrd_hostname=redis\nrd_tls=true\nrd_ca_file=/no/ca.pem", "[Redis] rd_ca_file = '/no/ca.pem'")]
    [InlineData("[Redis]\nrd_hostname=redis\nrd_tls=true\nrd_ca_file=/etc/hostname", "this one has none")]
    [InlineData("[Consul]\nconsul_endpoint=https://consul\nconsul_ca_file=/no/ca.pem", "[Consul] consul_ca_file = '/no/ca.pem'")]
    [InlineData("[Consul]\nconsul_endpoint=consul:8500\nconsul_ca_file=/ca.pem", "a value only with an https consul_endpoint")]
    [InlineData("[Druid]\ndruid_endpoint=https://broker\ndruid_ca_file=/no/ca.pem", "[Druid] druid_ca_file = '/no/ca.pem'")]
    [InlineData("[Druid]\ndruid_endpoint=http://broker\ndruid_ca_file=/ca.pem", "a value only with an https druid_endpoint")]
    [InlineData("[Redis]\nrd_hostname=redis\nrd_username=me", "[Redis] rd_username = 'me'")]
    [InlineData("[AWS]\ns3_hostname=s3.example", "[AWS] s3_bucket")]
    [InlineData("[AWS]\ns3_hostname=s3.example\ns3_bucket=b\ns3_public_key=k", "[AWS] s3_private_key")]
    [InlineData("[AWS]\ns3_hostname=ftp://s3\ns3_bucket=b\ns3_public_key=k\ns3_private_key=" + Secret, "[AWS] s3_hostname = 'ftp://s3'")]
    [InlineData("[Consul]\nconsul_endpoint=ftp://consul", "[Consul] consul_endpoint")]
    [InlineData("[Consul]\nservice_name=a b", "[Consul] service_name = 'a b'")]
    [InlineData("[Jobs]\ndashboard=on", "[Jobs] dashboard = 'on'")]
    [InlineData("[Jobs]\ndashboard=key\ndashboard_key=short", "[Jobs] dashboard_key")]
    public void Read_BadValue_NamesSectionAndKeyAndNoSecret(string ini, string expected)
    {
        var message = Should.Throw<AiOutliersException>(() => Read(ini)).Message;
        message.ShouldContain(expected);
        message.ShouldNotContain(Secret);
        message.ShouldNotContain("short");
    }

    private ClusterSettings Read(string ini)
    {
        File.WriteAllText(_file, ini);
        return SettingsReader.Read(_file, testing: false, DetectorCatalog.Names).Cluster;
    }
}
