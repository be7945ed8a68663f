using System.Globalization;

namespace AiOutliers.Samples.FlowCells;

/// <summary>The dimensions of a flow cell, and cells as packed numbers.</summary>
internal static class FlowDimensions
{
    public const int Source = 0, Destination = 1, Protocol = 2, Port = 3, Interface = 4, FlowDirection = 5, Country = 6;

    public const int Sources = 70_000, KnownSources = 4_000, Destinations = 1_500;

    public const int Protocols = 4, Ports = 400, Interfaces = 6, Countries = 40;

    public static readonly string[] Names = ["src", "dst", "proto", "port", "iface", "dir", "country"];

    /// <summary>Bits that a dimension's values take.</summary>
    private static readonly int[] Bits = [17, 11, 2, 9, 3, 1, 6];

    public static ulong Pack(int source, int destination, int protocol, int port, int @interface, int direction)
    {
        ReadOnlySpan<int> values = [source, destination, protocol, port, @interface, direction, CountryOf(source)];
        var cell = 0UL;
        for (var dimension = 0; dimension < Bits.Length; dimension++)
            cell = cell << Bits[dimension] | (uint)values[dimension];
        return cell;
    }

    public static int ValueOf(ulong cell, int dimension)
    {
        var shift = 0;
        for (var behind = dimension + 1; behind < Bits.Length; behind++)
            shift += Bits[behind];
        return (int)(cell >> shift & (1UL << Bits[dimension]) - 1);
    }

    /// <summary>Texts in the order of the numbers.</summary>
    public static string Text(int value) => value.ToString("D5", CultureInfo.InvariantCulture);

    /// <summary>A function of the source, with a heavy head.</summary>
    private static int CountryOf(int source)
    {
        var share = (uint)((ulong)source * 2654435761UL) / 4294967296.0;
        return Choice.At(CountryShares, share);
    }

    private static readonly double[] CountryShares = Choice.Zipf(Countries, 1.1);
}
