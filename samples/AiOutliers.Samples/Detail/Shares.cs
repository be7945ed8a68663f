namespace AiOutliers.Samples.Detail;

/// <summary>Splits whole numbers: the parts add up to the whole.</summary>
internal static class Shares
{
    public static long[] Split(long whole, double[] weights)
    {
        var (sum, given, total) = (0.0, 0L, weights.Sum());
        return Array.ConvertAll(weights, weight =>
        {
            sum += weight;
            var until = (long)Math.Round(whole * (sum / total));
            var part = until - given;
            given = until;
            return part;
        });
    }
}
