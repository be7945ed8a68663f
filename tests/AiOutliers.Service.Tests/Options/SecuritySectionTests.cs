using System.Net;
using AiOutliers.Service.Options;
using Microsoft.Extensions.Configuration;

namespace AiOutliers.Service.Tests.Options;

public sealed class SecuritySectionTests
{
    [Fact]
    public void Read_NothingSet_IsOpenForVersionOneAndLimited()
    {
        var (settings, violations) = Read();
        violations.ShouldBeEmpty();
        (settings.KeysFile, settings.ProtectV1, settings.ProtectMetrics, settings.RequestsPerMinute).ShouldBe((null, false, false, 600));
    }

    [Fact]
    public void Read_Proxies_AreAddressesAndNetworks()
    {
        var (settings, violations) = Read(("trusted_proxies", "10.0.0.7, 192.168.0.0/16,fd00::/8"), ("user_header", "X-Forwarded-User"));
        violations.ShouldBeEmpty();
        settings.TrustedProxies.ShouldBe([IPNetwork.Parse("10.0.0.7/32"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fd00::/8")]);
    }

    [Theory]
    [InlineData("protect_v1", "yes", "[Security] protect_v1 = 'yes' is not allowed; it takes one of on, off.")]
    [InlineData("requests_per_minute", "-1", "[Security] requests_per_minute = '-1' is not allowed; it takes a whole number from 0 to 1000000.")]
    [InlineData("certificate", "c.pem", "[Security] certificate_key = '' is not allowed; it takes a value, because the key that belongs to it is set.")]
    [InlineData("certificate_key", "k.pem", "[Security] certificate = '' is not allowed; it takes a value, because the key that belongs to it is set.")]
    [InlineData("trusted_proxies", "10.0.0.7", "[Security] user_header = '' is not allowed; it takes a value, because the key that belongs to it is set.")]
    [InlineData("user_header", "X-User", "[Security] trusted_proxies = '' is not allowed; it takes a value, because the key that belongs to it is set.")]
    [InlineData("role_header", "X-Role", "[Security] role_header = 'X-Role' is not allowed; it takes a value only together with user_header.")]
    public void Read_WrongValue_IsRejected(string key, string value, string expected) => Read((key, value)).Violations.ShouldBe([expected]);

    [Theory]
    [InlineData("trusted_proxies", "10.0.0.300")]
    [InlineData("user_header", "X User")]
    public void Read_ValueThatIsNone_IsRejected(string key, string value) => Read((key, value)).Violations.ShouldContain(violation => violation.Contains($"'{value}'"));

    private static (SecuritySettings Settings, IReadOnlyList<string> Violations) Read(params (string Key, string Value)[] values)
    {
        var reader = new SectionReader(new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Security:{pair.Key}", (string?)pair.Value))).Build());
        return (SecuritySection.Read(reader), reader.Violations);
    }
}
