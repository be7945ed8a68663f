using AiOutliers.Detection.Tests.Detectors;
using AiOutliers.Detection.Tests.Detectors.Deep;
using AiOutliers.Detection.Tests.Neural.Kernels;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests;

/// <summary>The kernels take other paths on machines without AVX; their numbers have to be as right.</summary>
public sealed class WithoutVectorsTests
{
    [Fact]
    public Task Kernels_WithoutVectorInstructions_AreAsRight() => WithoutVectors.ShouldPassAsync(
        typeof(MatMulTests), typeof(ActivationsTests), typeof(LstmCellTests), typeof(NormalizationTests), typeof(FeatureScaleTests), typeof(SlicesTests), typeof(ShallowDetectorTests));
}
