using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Tests.Neural.Training;

public sealed class ParallelPhaseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_AgainAndAgain_DoesEveryPartOnce(int threads)
    {
        var done = new int[7];
        var phase = new ParallelPhase(part => Interlocked.Increment(ref done[part]), threads);
        var expected = new int[7];
        for (var run = 0; run < 2000; run++)
        {
            var parts = 1 + run % 7;
            phase.Run(parts);
            for (var part = 0; part < parts; part++)
                expected[part]++;
        }
        done.ShouldBe(expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_PartFails_Throws(int threads) => Should.Throw<InvalidOperationException>(() =>
        new ParallelPhase(part => throw new InvalidOperationException($"{part}"), threads).Run(2));
}
