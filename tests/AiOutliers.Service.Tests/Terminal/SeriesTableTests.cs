using AiOutliers.Service.Tests.Process;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Terminal;

public sealed class SeriesTableTests
{
    /// <summary>Names come from the network: they break no line, steer no terminal, and leave room for what was found.</summary>
    [Theory]
    [InlineData("60")]
    [InlineData("150")]
    public async Task Names_OfAnyKind_AreCutAndStayOnTheirLine(string width)
    {
        string[] names = ["two\\nlines", "esc\\u001b[31mred", "turn\\u202eed", new string('x', 10_000)];
        var rows = Enumerable.Range(0, 300).SelectMany(at => names.Select(name =>
            $$"""{"version":"v1","timestamp":"{{DateTimeOffset.UnixEpoch.AddMinutes(5 * at):yyyy-MM-ddTHH:mm:ssZ}}","event":{"host":"{{name}}","n":{{(at == 200 ? 5000 : 100 + at % 7)}} } }"""));

        var run = await CommandRun.OfAsync(
            [.. ServiceFixture.Command, "detect", "-"], $"[{string.Join(',', rows)}]", new Dictionary<string, string> { ["COLUMNS"] = width });

        run.ExitCode.ShouldBe(3, run.Error);
        run.Output.ShouldNotContain("two\nlines");
        run.Output.ShouldContain("esc [31mred");
        run.Output.ShouldContain("turn ed");
        run.Output.ShouldNotContain(new string('x', 41));
        run.Output.ShouldContain(new string('x', 20));
    }
}
