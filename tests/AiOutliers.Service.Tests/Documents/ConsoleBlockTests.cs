using System.Text.Json;
using System.Text.RegularExpressions;
using AiOutliers.Service.Cli;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Documents;

/// <summary>What the documents show of a terminal is what the terminal shows: every <c>console</c> block is run.</summary>
public sealed partial class ConsoleBlockTests
{
    private static readonly Dictionary<string, string> Terminal = new() { ["COLUMNS"] = "80" };

    public static TheoryData<string> Documents => ReferenceTests.Documents;

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Blocks_OfADocument_ShowWhatTheCommandsPrint(string document)
    {
        foreach (var (command, expected) in Commands(document))
        {
            var run = await CommandRun.OfAsync(
                ["bash", "-c", $"rb-aioutliers() {{ {string.Join(' ', Process.ServiceFixture.Command)} \"$@\"; }}\n{command}"], environment: Terminal);

            Normal(run.Output).ShouldBe(Normal(expected), $"{document}: {command}\n{run.Error}");
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_OfADocument_AreUnderstood(string document)
    {
        var lines = from block in Block().Matches(Text(document))
                    from line in block.Groups["text"].Value.Split('\n')
                    where line.StartsWith("rb-aioutliers ", StringComparison.Ordinal) && !line.Contains('…', StringComparison.Ordinal)
                    select line.Split(" # ")[0].Split(" < ")[0].Split(" > ")[0].Trim();
        foreach (var line in lines)
            CommandLine.Parse(Words(line)).Errors.ShouldBeEmpty($"{document}: {line}");
    }

    [Fact]
    public void Blocks_OfAllDocuments_AreSome() => Documents.Sum(static document => Commands(document.Data).Count()).ShouldBeGreaterThan(4);

    [Theory]
    [InlineData("docs/evaluate.md", "evaluate")]
    [InlineData("docs/selftest.md", "selftest")]
    public void Options_OfACommand_StandInItsDocument(string document, string name)
    {
        var command = AllCommands.Create().Subcommands.Single(command => command.Name == name);
        foreach (var option in command.Options.Where(static option => !option.Hidden && option.Name.StartsWith("--", StringComparison.Ordinal)))
            Text(document).ShouldContain($"`{option.Name}");
    }

    [Fact]
    public async Task IpIdentifier_ExampleOfTheReference_AnswersAsItSays()
    {
        var section = Text("docs/http.md").Split("## `POST /api/v1/ip_identifier`")[1];
        var blocks = Block().Matches(section).Take(2).Select(static block => block.Groups["text"].Value).ToArray();
        await using var service = await ServiceProcess.StartAsync(Process.ServiceFixture.Command);

        using var form = new FormUrlEncodedContent([new("payload", blocks[0])]);
        using var response = await service.Client.PostAsync("/api/v1/ip_identifier", form);

        var answer = await response.Content.ReadAsStringAsync();
        var (told, expected) = (JsonSerializer.Deserialize<string>(answer), JsonSerializer.Deserialize<string>(blocks[1]));
        told.ShouldBe(expected);
        told!.ShouldContain("10.0.0.3");
    }

    /// <summary>Each command behind a <c>$</c>, with the lines below it.</summary>
    private static IEnumerable<(string Command, string Output)> Commands(string document) =>
        from block in Block().Matches(Text(document))
        where block.Groups["kind"].Value == "console"
        from part in ("\n" + block.Groups["text"].Value).Split("\n$ ").Skip(1)
        let lines = part.Split('\n', 2)
        select (lines[0], lines[1]);

    /// <summary>Without blanks at the ends of lines, and without how long something took.</summary>
    private static string Normal(string text) =>
        string.Join('\n', Took().Replace(text, "0 s").Split('\n').Select(static line => line.TrimEnd())).Trim();

    private static string[] Words(string line) =>
        [.. line.Split('"').SelectMany(static (part, at) => at % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)];

    private static string Text(string document) => File.ReadAllText(Path.Combine(Golden.Root, document));

    [GeneratedRegex(@"^```(?<kind>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\b\d+(\.\d+)? (ms|s)\b(?! )")]
    private static partial Regex Took();
}
