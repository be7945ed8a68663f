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

    /// <summary>One name of a megabyte, and a hundred outliers at its time.</summary>
    [Fact]
    public void Identify_OutliersTimesALongName_IsRefusedBeforeItTakesTheMemory()
    {
        var traffic = Enumerable.Range(0, 100).Select(static ip => new IpTraffic(ip == 0 ? new string('x', 1_000_000) : $"10.0.0.{ip}", [0], [ip == 0 ? 1e9 : 100 + ip])).ToArray();

        IpIdentifier.Identify(new long[10], traffic).ShouldAllBe(static causes => causes.Any(static name => name.Length == 1_000_000));
        Should.Throw<AiOutliersException>(() => IpIdentifier.Identify(new long[100], traffic)).Kind.ShouldBe(ErrorKind.BadInput);
    }
}
