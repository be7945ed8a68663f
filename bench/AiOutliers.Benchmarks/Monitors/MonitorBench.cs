using System.Globalization;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>What monitors must reach, each row with its bar: <c>monitors ROW [NUMBER…]</c>.</summary>
internal static class MonitorBench
{
    public static async Task<int> RunAsync(string[] arguments) => arguments switch
    {
        ["equality", .. var numbers] => Equality.Run(Number(numbers, 0, 5000), Number(numbers, 1, 200), Number(numbers, 2, 7)),
        ["updates", .. var numbers] => Updates.Run(Number(numbers, 0, 10_000), Number(numbers, 1, 24)),
        ["memory", .. var numbers] => StateMemory.Run(Number(numbers, 0, 100_000)),
        ["clean", .. var numbers] => CleanTraffic.Run(Number(numbers, 0, 7000), Number(numbers, 1, 1000), Number(numbers, 2, 14)),
        ["soon", .. var numbers] => FoundSoon.Run(Number(numbers, 0, 7000), Number(numbers, 1, 1000)),
        ["cold", .. var numbers] => await ColdStart.RunAsync(Number(numbers, 0, 10_000)),
        ["preview", .. var numbers] => await PreviewTime.RunAsync(Number(numbers, 0, 1000)),
        ["hosts", var folder, .. var numbers] => Hosts(folder, Number(numbers, 0, 1000), Number(numbers, 1, 14)),
        _ => Usage(),
    };

    private static int Hosts(string folder, int entities, int days)
    {
        HostFile.Write(folder, entities, days);
        return 0;
    }

    private static int Number(string[] numbers, int at, int usual) =>
        at < numbers.Length ? int.Parse(numbers[at], CultureInfo.InvariantCulture) : usual;

    private static int Usage()
    {
        Console.Error.WriteLine("usage: monitors equality [FIRST_SEED [ENTITIES [DAYS]]] | updates [ENTITIES [RUNS]] | memory [ENTITIES]"
            + " | clean [FIRST_SEED [ENTITIES [DAYS]]] | soon [FIRST_SEED [ENTITIES]] | cold [ENTITIES] | preview [ENTITIES]");
        return 2;
    }
}
