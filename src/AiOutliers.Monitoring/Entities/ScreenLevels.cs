using System.Runtime.CompilerServices;

namespace AiOutliers.Monitoring.Entities;

/// <summary>One level for each of the screen's measures.</summary>
[InlineArray(SeriesScreen.Measures)]
internal struct ScreenLevels
{
    private float _first;
}
