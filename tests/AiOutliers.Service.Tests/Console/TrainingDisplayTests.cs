using AiOutliers.Service.Console;
using Spectre.Console;

namespace AiOutliers.Service.Tests.Console;

public sealed class TrainingDisplayTests
{
    [Fact]
    public async Task For_OnATerminal_ShowsEpochAndLosses()
    {
        var screen = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = 160;

        var result = await TrainingDisplay.ForAsync(console, async progress =>
        {
            progress.Report(new("[mine]", "Preparing the data"));
            progress.Report(new("[mine]", "Training", new(3, 120, 0.0125, 0.0099)));
            await Task.Yield();
            return 7;
        });

        result.ShouldBe(7);
        // What was there in between depends on when the screen was drawn; the last picture does not.
        screen.ToString().ShouldContain("[mine]: epoch 3/120, loss 0.01250, validation 0.00990");
    }
}
