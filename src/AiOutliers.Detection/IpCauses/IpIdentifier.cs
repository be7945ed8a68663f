using AiOutliers.Detection.Forest;

namespace AiOutliers.Detection.IpCauses;

/// <summary>
/// Which IPs caused an outlier: an isolation forest over the rows of all IPs, with the features hour, minute, day of month, weekday, day of
/// year, rolling mean and standard deviation of the bytes over the last 5 rows of that IP, and whether the bytes are 0. The IPs whose row
/// at the outlier's time is anomalous caused it. Rows without bytes are left out.
/// </summary>
public static class IpIdentifier
{
    private const int Features = 8;

    /// <summary>The share of all rows taken as anomalous; the interface's fixed value.</summary>
    private const double Contamination = 0.05;

    /// <summary>
    /// Characters of the answer: outliers that share their times, with many IPs each or with long names, make an answer that is their
    /// product. A million addresses have less.
    /// </summary>
    private const long MostText = 20_000_000;

    /// <summary>Quotes and the comma.</summary>
    private const int AroundName = 3;

    /// <param name="outliers">The times of the outliers, milliseconds since 1970-01-01T00:00Z.</param>
    /// <param name="traffic">The rows of each IP.</param>
    /// <param name="cancellation">Stops a long run.</param>
    /// <returns>For each outlier, in order, the IPs that caused it, in the order of <paramref name="traffic"/>.</returns>
    /// <exception cref="AiOutliersException">The answer would be too large.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Identify(
        IReadOnlyList<long> outliers, IReadOnlyList<IpTraffic> traffic, CancellationToken cancellation = default)
    {
        var known = traffic.Select(KnownRows).ToArray();
        var rows = known.Sum(static ip => ip.Times.Length);
        var causes = new List<string>[outliers.Count];
        for (var i = 0; i < causes.Length; i++)
            causes[i] = [];
        if (rows == 0)
            return causes;

        var features = FeaturesOf(known, rows);
        cancellation.ThrowIfCancellationRequested();
        var scores = IsolationForest.Score(features);
        var threshold = Quantile.Of(scores, 1 - Contamination);
        var outliersAt = outliers.Select(static (time, index) => (time, index))
            .ToLookup(static pair => pair.time, static pair => pair.index);
        var (row, text) = (0, 0L);
        foreach (var ip in known)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var time in ip.Times)
            {
                if (scores[row++] <= threshold)
                    continue;
                foreach (var outlier in outliersAt[time])
                {
                    // Two rows of one IP at one time name it once.
                    if (causes[outlier] is [.., var last] && last == ip.Ip)
                        continue;
                    text += ip.Ip.Length + AroundName;
                    if (text > MostText)
                    {
                        throw new AiOutliersException(
                            ErrorKind.BadInput, "the causes of all outliers together are too many; ask for fewer outliers or IPs");
                    }
                    causes[outlier].Add(ip.Ip);
                }
            }
        }
        return causes;
    }

    private static IpTraffic KnownRows(IpTraffic ip)
    {
        var rows = Enumerable.Range(0, ip.Times.Length)
            .Where(row => double.IsFinite(ip.Bytes[row]))
            .OrderBy(row => ip.Times[row])
            .ToArray();
        return new(ip.Ip, [.. rows.Select(row => ip.Times[row])], [.. rows.Select(row => ip.Bytes[row])]);
    }

    private static double[][] FeaturesOf(IpTraffic[] traffic, int rows)
    {
        var features = new double[Features][];
        for (var f = 0; f < Features; f++)
            features[f] = new double[rows];
        var at = 0;
        foreach (var ip in traffic)
        {
            for (var row = 0; row < ip.Times.Length; row++, at++)
            {
                var time = DateTimeOffset.FromUnixTimeMilliseconds(ip.Times[row]);
                var (mean, deviation) = Rolling(ip.Bytes.AsSpan(Math.Max(0, row - 4)..(row + 1)));
                features[0][at] = time.Hour;
                features[1][at] = time.Minute;
                features[2][at] = time.Day;
                features[3][at] = ((int)time.DayOfWeek + 6) % 7;
                features[4][at] = time.DayOfYear;
                features[5][at] = mean;
                features[6][at] = deviation;
                features[7][at] = ip.Bytes[row] == 0 ? 1 : 0;
            }
        }
        return features;
    }

    /// <summary>Mean and sample standard deviation (n − 1); the deviation of a single row is 0.</summary>
    private static (double Mean, double Deviation) Rolling(ReadOnlySpan<double> window)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in window)
            sum += value;
        var mean = sum / window.Length;
        foreach (var value in window)
            squares += (value - mean) * (value - mean);
        return (mean, window.Length > 1 ? Math.Sqrt(squares / (window.Length - 1)) : 0);
    }
}
