using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AiOutliers.Samples.Suite;

/// <summary>Writes series as <c>timestamp,value,label</c>: <c>FOLDER/type/type_seed.csv</c>.</summary>
internal static class SuiteFiles
{
    public static void Write(SuiteOptions options)
    {
        foreach (var type in options.Types)
        {
            var name = NameOf(type);
            var folder = Directory.CreateDirectory(Path.Combine(options.Folder, name)).FullName;
            for (var seed = options.FirstSeed; seed <= options.LastSeed; seed++)
            {
                var series = SuiteGenerator.Make(type, seed, options.Days, options.StepMinutes);
                File.WriteAllText(Path.Combine(folder, $"{name}_{seed:D4}.csv"), Text(series));
            }
        }
    }

    public static string NameOf(SuiteType type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString());

    public static string Text(SuiteSeries series)
    {
        var text = new StringBuilder("timestamp,value,label\n");
        for (var point = 0; point < series.Values.Length; point++)
        {
            var time = (series.Start + point * series.Step).UtcDateTime;
            text.Append(CultureInfo.InvariantCulture,
                $"{time:yyyy-MM-ddTHH:mm:ssZ},{series.Values[point]:F0},{(series.IsLabelled(point) ? 1 : 0)}\n");
        }
        return text.ToString();
    }
}
