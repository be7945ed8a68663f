using System.Text;
using System.Text.RegularExpressions;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Cli;
using SkiaSharp;

namespace AiOutliers.Service.Plotting;

/// <summary>Writes a plot as SVG or PNG.</summary>
internal static partial class PlotFile
{
    /// <summary>What a viewer without ours takes.</summary>
    private const string Fonts = "Roboto, 'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', sans-serif";

    internal static readonly SKSize Size = new(1200, 460);

    /// <summary>Pixels per unit in a PNG: sharp on screens of today.</summary>
    private const int Density = 2;

    /// <exception cref="AiOutliersException">The name ends in neither .svg nor .png, or the file cannot be written.</exception>
    public static void Write(string path, JointReport report, bool dark)
    {
        using var plot = new SeriesPlot(report, dark ? PlotTheme.Dark : PlotTheme.Light, Size);
        Write(path, plot.Size, plot.Draw);
    }

    /// <exception cref="AiOutliersException">The name ends in neither .svg nor .png, or the file cannot be written.</exception>
    public static void Write(string path, Action<SKCanvas> draw) => Write(path, Size, draw);

    public static void Write(Stream stream, JointReport report, bool dark, bool isSvg)
    {
        using var plot = new SeriesPlot(report, dark ? PlotTheme.Dark : PlotTheme.Light, Size);
        if (isSvg)
            WriteSvg(stream, plot.Size, plot.Draw);
        else
            WritePng(stream, plot.Size, plot.Draw);
    }

    private static void Write(string path, SKSize size, Action<SKCanvas> draw)
    {
        CheckName(path);
        WholeFile.Write(path, file =>
        {
            if (IsSvg(path))
                WriteSvg(file, size, draw);
            else
                WritePng(file, size, draw);
        });
    }

    public static void CheckName(string path)
    {
        if (!IsSvg(path) && !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new AiOutliersException(ErrorKind.BadInput, $"--plot '{path}': the name must end in .svg or .png");
        WholeFile.CheckFolder("--plot", path);
    }

    private static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    private static void WriteSvg(Stream file, SKSize size, Action<SKCanvas> draw)
    {
        using var svg = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(size), svg))
            draw(canvas);
        file.Write(Encoding.UTF8.GetBytes(WithPlainTexts(Encoding.UTF8.GetString(svg.ToArray()))));
    }

    /// <summary>
    /// Texts begin where they should and run on by themselves, in any font there is: letters at fixed places are unreadable in a font with
    /// other widths, and cannot be searched for.
    /// </summary>
    private static string WithPlainTexts(string svg) => Places().Replace(svg, "$1$2\"")
        .Replace("font-family=\"Roboto\"", $"font-family=\"{Fonts}\"", StringComparison.Ordinal);

    /// <summary>A place for each letter: the first one is the text's.</summary>
    [GeneratedRegex(@"(\b[xy]="")(-?[\d.]+), [\d., -]*""")]
    private static partial Regex Places();

    private static void WritePng(Stream file, SKSize size, Action<SKCanvas> draw)
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)size.Width * Density, (int)size.Height * Density));
        surface.Canvas.Scale(Density);
        draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        png.SaveTo(file);
    }
}
