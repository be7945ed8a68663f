namespace AiOutliers.Keras.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void Test_Assembly_Loads() => typeof(AssemblyTests).Assembly.GetName().Name.ShouldBe("AiOutliers.Keras.Tests");
}
