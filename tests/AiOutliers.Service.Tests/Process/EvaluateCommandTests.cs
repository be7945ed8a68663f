using System.Diagnostics;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

[Trait("tier", "integration")]
public sealed class EvaluateCommandTests
{
    [Fact]
    public async Task Evaluate_GoldenSeries_PrintsMeansAndWritesBothFiles()
    {
        using var folder = new TemporaryFolder();
        var (csv, html) = (Path.Combine(folder.Path, "results.csv"), Path.Combine(folder.Path, "report.html"));

        var (code, output, error) = await RunAsync(Golden.Path("series"), "--detector", "shallow", "--output", csv, "--report", html);

        code.ShouldBe(0, error);
        output.ShouldContain("realInvented/requests");
        output.ShouldContain("4, 3 labelled");
        error.ShouldBeEmpty();
        File.ReadAllLines(csv).Length.ShouldBe(5);
        File.ReadAllText(html).ShouldContain("</html>");
        Directory.GetFiles(folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Evaluate_Again_GivesTheSameFigures()
    {
        using var folder = new TemporaryFolder();
        string[] files = [Path.Combine(folder.Path, "1.csv"), Path.Combine(folder.Path, "2.csv")];
        foreach (var file in files)
            (await RunAsync(Golden.Path("series"), "--detector", "shallow", "--output", file)).Code.ShouldBe(0);
        // All but the milliseconds.
        WithoutLast(files[0]).ShouldBe(WithoutLast(files[1]));
    }

    [Theory]
    [InlineData("is neither a file nor a folder", "/no/such/file.csv")]
    [InlineData("must end in .csv", ".", "--output", "x.txt")]
    [InlineData("the folder does not exist", ".", "--report", "/no/such/folder/x.html")]
    [InlineData("the file '/no/such/file.csv' was not found", ".", "--compare", "/no/such/file.csv")]
    [InlineData("nosuch", ".", "--detector", "nosuch")]
    [InlineData("--tolerance -1 is not allowed; it takes a number from 0 to 1440", ".", "--tolerance", "-1")]
    [InlineData("--points-per-day 0 is not allowed; it takes a number from 0.001", ".", "--points-per-day", "0")]
    public async Task Evaluate_Wrong_IsBadInput(string message, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        code.ShouldBe(2);
        error.ShouldContain(message);
    }

    private static IEnumerable<string> WithoutLast(string path) => File.ReadLines(path).Select(line => line[..line.LastIndexOf(',')]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(ServiceFixture.Command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in ServiceFixture.Command.Skip(1).Append("evaluate").Concat(arguments))
            start.ArgumentList.Add(argument);
        using var process = System.Diagnostics.Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
