namespace AiOutliers.Druid.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void Test_Assembly_Loads() => typeof(AssemblyTests).Assembly.GetName().Name.ShouldBe("AiOutliers.Druid.Tests");
}
