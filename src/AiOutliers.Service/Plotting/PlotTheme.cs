using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>The colours of a plot. Blue and orange are told apart by nearly everyone, in grey too.</summary>
internal sealed record PlotTheme(
    SKColor Background, SKColor Text, SKColor Muted, SKColor Grid, SKColor Value, SKColor Expected, SKColor Band, SKColor Anomaly,
    SKColor NotJudged)
{
    public static readonly PlotTheme Light = new(
        SKColor.Parse("#ffffff"), SKColor.Parse("#1f2328"), SKColor.Parse("#656d76"), SKColor.Parse("#e6e8eb"),
        SKColor.Parse("#57606a"), SKColor.Parse("#0969da"), SKColor.Parse("#0969da").WithAlpha(34), SKColor.Parse("#d1440c"),
        SKColor.Parse("#8c959f").WithAlpha(46));

    public static readonly PlotTheme Dark = new(
        SKColor.Parse("#0d1117"), SKColor.Parse("#e6edf3"), SKColor.Parse("#8b949e"), SKColor.Parse("#21262d"),
        SKColor.Parse("#9ea7b3"), SKColor.Parse("#58a6ff"), SKColor.Parse("#58a6ff").WithAlpha(44), SKColor.Parse("#ff8b4d"),
        SKColor.Parse("#8b949e").WithAlpha(58));
}
