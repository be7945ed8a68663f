namespace AiOutliers.Models.Tests;

public sealed class ModelFileNamesTests
{
    [Theory]
    [InlineData("traffic.keras", "traffic")]
    [InlineData("traffic.ini", "traffic")]
    [InlineData("traffic_filter.json", "traffic")]
    [InlineData("traffic.txt", null)]
    [InlineData("../x.keras", null)]
    [InlineData("a/b.keras", null)]
    [InlineData(".keras", null)]
    [InlineData("a:b.keras", null)]
    public void ModelOf_File_IsTheNameBeforeTheEnding(string file, string? expected) => ModelFileNames.ModelOf(file).ShouldBe(expected);
}
