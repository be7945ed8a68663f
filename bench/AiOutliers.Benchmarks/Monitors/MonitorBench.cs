using System.Globalization;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>What monitors must reach, each row with its bar: <c>monitors ROW [NUMBER…]</c>.</summary>
internal static class MonitorBench
{
    public static int Run(string[] arguments) => arguments switch
    {
        ["equality", .. var numbers] => Equality.Run(Number(numbers, 0, 5000), Number(numbers, 1, 200), Number(numbers, 2, 7)),
        _ => Usage(),
    };

    private static int Number(string[] numbers, int at, int usual) =>
        at < numbers.Length ? int.Parse(numbers[at], CultureInfo.InvariantCulture) : usual;

    private static int Usage()
    {
        Console.Error.WriteLine("usage: monitors equality [FIRST_SEED [ENTITIES [DAYS]]]");
        return 2;
    }
}
