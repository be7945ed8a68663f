using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Keras;

/// <summary>The kernels take other paths on machines without AVX; their numbers have to be the same.</summary>
public sealed class WithoutVectorsTests
{
    [Fact]
    public Task GoldenNumbers_WithoutVectorInstructions_AreTheSame() =>
        WithoutVectors.ShouldPassAsync(typeof(GoldenPredictionTests), typeof(GoldenPipelineTests));
}
