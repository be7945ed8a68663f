using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

[Trait("tier", "integration")]
public sealed class HelpWidthTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    public async Task Help_InAPipe_IsAsWideAsColumnsSays(int width)
    {
        var run = await CommandRun.OfAsync(
            [.. ServiceFixture.Command, "detect", "--help"], environment: new Dictionary<string, string> { ["COLUMNS"] = $"{width}" });

        // Examples are to be copied, and not broken.
        var help = run.Output[..run.Output.IndexOf("Examples:", StringComparison.Ordinal)];
        help.Split('\n').Max(static line => line.Length).ShouldBeInRange(width - 10, width);
    }
}
