namespace AiOutliers.Samples;

/// <summary>A place whose traffic is measured.</summary>
/// <param name="Name">Its name in the data.</param>
/// <param name="BytesPerMinute">The mean of an ordinary minute of a working day at noon.</param>
/// <param name="Night">What is left of it at four in the morning, as a share.</param>
/// <param name="Weekend">What is left of it on Saturday and Sunday, as a share.</param>
/// <param name="Noise">The standard deviation of the logarithm, minute by minute.</param>
/// <param name="BytesPerPacket">The mean size of a packet.</param>
/// <param name="PacketsPerFlow">The mean length of a flow.</param>
/// <param name="Clients">Distinct clients in a minute at noon.</param>
internal sealed record Sensor(
    string Name, double BytesPerMinute, double Night, double Weekend, double Noise,
    double BytesPerPacket, double PacketsPerFlow, double Clients)
{
    public static readonly IReadOnlyList<Sensor> All =
    [
        new("headquarters", 1.2e9, 0.08, 0.15, 0.16, 780, 42, 340),
        new("data-center", 6.5e9, 0.55, 0.70, 0.10, 920, 65, 120),
        new("branch-madrid", 9.0e7, 0.05, 0.10, 0.28, 640, 30, 45),
        new("guest-wifi", 2.4e8, 0.12, 1.15, 0.35, 850, 36, 110),
    ];
}
