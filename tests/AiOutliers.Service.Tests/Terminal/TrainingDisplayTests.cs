using System.Text.RegularExpressions;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Tests.Terminal;

public sealed class TrainingDisplayTests
{
    [Theory]
    [InlineData(160, "[mine]", "[mine]: epoch 3/120, loss 0.01250, validation 0.00990")]
    [InlineData(60, "[mine]", "[min…: epoch 3/120, loss 0.01250")]
    [InlineData(60, "branch-of-madrid-number-2", "bran…: epoch 3/120, loss 0.01250")]
    public async Task For_OnATerminal_ShowsEpochAndLossesInOneLine(int width, string model, string line)
    {
        var screen = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = width;

        var result = await TrainingDisplay.ForAsync(console, async progress =>
        {
            progress.Report(new(model, "Preparing the data"));
            progress.Report(new(model, "Training", new(3, 120, 0.0125, 0.0099)));
            await Task.Yield();
            return 7;
        });

        result.ShouldBe(7);
        // What was there in between depends on when the screen was drawn; the last picture does not.
        Regex.Replace(screen.ToString(), "\e\\[[^a-zA-Z]*[a-zA-Z]", "").ShouldMatch(Regex.Escape(line) + " [ ━]{16,} [0-9:-]{8}");
    }
}
