namespace AiOutliers.Detection.Attribution;

/// <summary>What a search takes at once: one to three elements of one cuboid.</summary>
internal sealed record Pick(Cuboid Cuboid, int[] Elements, double Score)
{
    /// <summary>A later cuboid must be better by more than rounding.</summary>
    public const double Better = 1 + 1e-9;

    public const int MostAtOnce = 3;

    /// <summary>One element more must raise the score by 18 %.</summary>
    private const double ElementFactor = 0.85;

    /// <summary>The best of all cuboids; a single element is tightened. Null where nothing is eligible.</summary>
    /// <param name="search">The cells.</param>
    /// <param name="eligible">Per cuboid: its best elements that may be named, with their values.</param>
    public static Pick? Best(CellSearch search, Func<Cuboid, Ranking> eligible)
    {
        Pick? best = null;
        foreach (var cuboid in search.Cuboids)
        {
            var (items, sum) = (eligible(cuboid).Items, 0.0);
            for (var count = 0; count < items.Count; count++)
            {
                // Naming most values of a dimension says nothing.
                if (items[count].Value <= 0 || count > 0 && 2 * (count + 1) > cuboid.Count)
                    break;
                sum += items[count].Value;
                var score = sum * cuboid.LayerFactor * Math.Pow(ElementFactor, count);
                if (!(score <= best?.Score * Better))
                    best = new(cuboid, [.. items.Take(count + 1).Select(static item => item.Element)], score);
            }
        }
        return best is { Elements: [var single] } && Tightening.Of(search, best.Cuboid, single) is var (tighter, elements)
            ? new(tighter, elements, best.Score)
            : best;
    }
}
