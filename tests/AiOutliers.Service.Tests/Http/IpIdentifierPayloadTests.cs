using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.IpCauses;
using AiOutliers.Service.Api.V1;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Http;

public sealed class IpIdentifierPayloadTests
{
    [Fact]
    public void Identify_GoldenPayload_NamesTheSameIps()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Golden.Path("python-service/ip_identifier.json")));
        var payload = IpIdentifierPayload.Read(Encoding.UTF8.GetBytes(golden.RootElement.GetProperty("payload").GetRawText()));

        var answer = IpIdentifierPayload.Write(IpIdentifier.Identify(payload.Outliers, payload.Traffic));

        using var actual = JsonDocument.Parse(answer);
        using var expected = JsonDocument.Parse(golden.RootElement.GetProperty("response").GetString()!);
        JsonElement.DeepEquals(actual.RootElement, expected.RootElement).ShouldBeTrue(answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"outliers":[]}""")]
    [InlineData("""{"outliers":[{}],"all_ips_data":{}}""")]
    [InlineData("""{"outliers":[{"timestamp":5}],"all_ips_data":{}}""")]
    [InlineData("""{"outliers":[{"timestamp":"\ud800"}],"all_ips_data":{}}""")]
    [InlineData("""{"outliers":[],"all_ips_data":{"1.1.1.1":5}}""")]
    [InlineData("""{"outliers":[],"all_ips_data":{"1.1.1.1":[{"timestamp":"2024-03-05T09:30:00.000Z","result":{"packets":5}}]}}""")]
    [InlineData("""{"outliers":[],"all_ips_data":{"1.1.1.1":[{"timestamp":"2024-03-05T09:30:00.000Z","result":{"bytes":"many"}}]}}""")]
    public void Read_OtherShape_IsBadInput(string json) =>
        Should.Throw<AiOutliersException>(() => IpIdentifierPayload.Read(Encoding.UTF8.GetBytes(json))).Kind.ShouldBe(ErrorKind.BadInput);

    [Fact]
    public void Identify_NoTraffic_GivesAnEmptyListPerOutlier()
    {
        var payload = IpIdentifierPayload.Read("""{"outliers":[{"timestamp":"2024-03-05T09:30:00.000Z"},{"timestamp":"2024-03-05T09:31:00.000Z"}],"all_ips_data":{"1.1.1.1":[]}}"""u8.ToArray());
        IpIdentifierPayload.Write(IpIdentifier.Identify(payload.Outliers, payload.Traffic)).ShouldBe("""{"ips":[{"caused_by":[]},{"caused_by":[]}]}""");
    }
}
