using System.Globalization;
using System.Text;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Druid responses for the tests.</summary>
internal static class Rows
{
    private static readonly DateTime Start = new(2023, 10, 12, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A day's rhythm in <c>bytes</c>, a row a minute, with one row a hundred times as high.</summary>
    public static string Day(int rows, int? spike = null) => Response(rows, row =>
        ((1e6 * (2 + Math.Sin(row / 1440.0 * 2 * Math.PI)) + row * 7919 % 50_000) * (row == spike ? 100 : 1)).ToString("R", CultureInfo.InvariantCulture));

    /// <param name="value">The JSON of the value of each row.</param>
    public static string Response(int rows, Func<int, string> value)
    {
        var text = new StringBuilder("[");
        for (var row = 0; row < rows; row++)
            text.Append(row == 0 ? "" : ",").Append(Row(Stamp(row), value(row)));
        return text.Append(']').ToString();
    }

    public static string Row(string timestamp, string value) => $$$"""{"timestamp":"{{{timestamp}}}","result":{"bytes":{{{value}}}}}""";

    public static string Stamp(int row) => Start.AddMinutes(row).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
