namespace AiOutliers.Models.Keras;

/// <summary>
/// Which Keras reads an archive: 2.15 and 3 do not read each other's. They name options, modules and connections in <c>config.json</c>
/// differently.
/// </summary>
public enum KerasLayout
{
    /// <summary>Keras 2.13 to 2.15; what the Python service runs.</summary>
    Keras2 = 2,

    /// <summary>Keras 3.</summary>
    Keras3 = 3,
}
