using AiOutliers.Tests.Shared;

namespace AiOutliers.Keras.Tests;

/// <summary>The kernels take other paths on machines without AVX; their numbers have to be the same.</summary>
public sealed class WithoutVectorsTests
{
    [Fact]
    public Task GoldenNumbers_WithoutVectorInstructions_AreTheSame() =>
        WithoutVectors.ShouldPassAsync(typeof(GoldenPredictionTests), typeof(GoldenPipelineTests));
}
