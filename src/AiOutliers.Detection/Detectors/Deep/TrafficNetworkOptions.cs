namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>Options of <see cref="TrafficNetwork"/>; the defaults are those that the detector's quality was measured with.</summary>
public sealed record TrafficNetworkOptions
{
    /// <summary>Values per step inside the network.</summary>
    public int Units { get; init; } = 24;

    /// <summary>The share of values dropped in training.</summary>
    public double Dropout { get; init; } = 0.05;

    /// <summary>Standard deviation of the noise that training adds to the code of a slice.</summary>
    public double Noise { get; init; } = 0.02;

    /// <summary>The penalty on the squares of the code's values.</summary>
    public double ActivityL2 { get; init; }
}
