namespace AiOutliers.Service.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void Test_Assembly_Loads() => typeof(AssemblyTests).Assembly.GetName().Name.ShouldBe("AiOutliers.Service.Tests");
}
