using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Attribution;

/// <summary>How a deviation is attributed to elements. The defaults and what moving them costs are in docs/causes.md.</summary>
public sealed record AttributionOptions
{
    /// <summary>The most elements that are named.</summary>
    public int MostElements { get; init; } = 3;

    /// <summary>No more elements are looked for once so much of the deviation is explained.</summary>
    public double Enough { get; init; } = 0.9;

    /// <summary>The least share of the deviation that an element has.</summary>
    public double LeastShare { get; init; } = 0.1;

    /// <summary>The least that an element moves, as a share of all that was expected.</summary>
    public double LeastMove { get; init; } = 0.01;

    /// <summary>The most dimensions of an element; null takes all of up to five dimensions, else three.</summary>
    public int? MostLayers { get; init; }

    /// <summary>The evidence; null chooses by the noise of the cells.</summary>
    public AttributionRegime? Regime { get; init; }

    /// <summary>The direction of the incident, as its detector says; <see cref="Incidents.Direction.Both"/> takes the total's.</summary>
    public Direction Direction { get; init; } = Direction.Both;

    /// <summary>The size of one event in the measure, such as the mean bytes of a flow; null takes the median cell.</summary>
    public double? Unit { get; init; }
}
