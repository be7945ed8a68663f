using AiOutliers.Service.Security;

namespace AiOutliers.Service.Tests.Security;

public sealed class AccessKeyTests
{
    private const string Hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    [Fact]
    public void HashOf_AText_IsItsSha256() => AccessKey.HashOf("secret").ShouldBe(Hash);

    [Fact]
    public void Parse_ALineThatWasWritten_IsTheSameKey()
    {
        var key = new AccessKey("grafana@noc.1", Role.Operator, Hash);
        AccessKey.Parse(key.ToLine()).ShouldBe(key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("grafana operator")]
    [InlineData($"grafana root {Hash}")]
    [InlineData($"grafana 1 {Hash}")]
    [InlineData($"gra/fana operator {Hash}")]
    [InlineData($"grafana operator {Hash}0")]
    [InlineData($"grafana operator {Hash} more")]
    [InlineData("grafana operator 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25x")]
    public void Parse_ABrokenLine_IsNull(string line) => AccessKey.Parse(line).ShouldBeNull();

    [Fact]
    public void NewSecret_Twice_DiffersAndHas256Bits()
    {
        var (one, other) = (AccessKey.NewSecret(), AccessKey.NewSecret());
        one.ShouldNotBe(other);
        one.ShouldMatch("^aio_[A-Za-z0-9_-]{43}$");
    }

    [Fact]
    public void ToString_OfAKey_HidesTheHash() => new AccessKey("a", Role.Viewer, Hash).ToString().ShouldBe("a (viewer)");
}
