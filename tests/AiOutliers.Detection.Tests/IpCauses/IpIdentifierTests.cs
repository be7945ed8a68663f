using AiOutliers.Detection.IpCauses;

namespace AiOutliers.Detection.Tests.IpCauses;

public sealed class IpIdentifierTests
{
    /// <summary>Fifty thousand outliers at one time and a hundred IPs that caused each: five million names.</summary>
    [Fact]
    public void Identify_OutliersTimesCauses_IsRefusedBeforeItTakesTheMemory()
    {
        var traffic = Enumerable.Range(0, 2000).Select(static ip => new IpTraffic($"10.0.0.{ip}", [0], [ip % 20 == 0 ? 1e9 + ip : 100])).ToArray();

        IpIdentifier.Identify(new long[10], traffic).ShouldAllBe(static causes => causes.Count > 50);
        Should.Throw<AiOutliersException>(() => IpIdentifier.Identify(new long[50_000], traffic)).Kind.ShouldBe(ErrorKind.BadInput);
    }
}
