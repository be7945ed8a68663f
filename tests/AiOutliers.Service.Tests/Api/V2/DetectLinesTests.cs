using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using AiOutliers.Service.Api.V2;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Api.V2;

/// <summary>An answer line by line to a client that does not take it.</summary>
public sealed class DetectLinesTests
{
    private const int Waiting = 64 * 1024, LineBytes = 8 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: Waiting, resumeWriterThreshold: Waiting / 2));
    private int _judged;

    [Fact]
    public async Task Write_ClientDoesNotRead_JudgesNoMoreThanItSends()
    {
        using var limit = new CancellationTokenSource();
        var answer = WriteAsync(10_000, limit.Token);

        answer.IsCompleted.ShouldBeFalse();
        // What the connection holds, and no more.
        _judged.ShouldBeInRange(1, Waiting / LineBytes);

        await limit.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(answer);
    }

    [Fact]
    public async Task Write_ClientReadsLater_GetsAllAndTheSummary()
    {
        var answer = WriteAsync(100, CancellationToken.None);

        var text = await new StreamReader(_pipe.Reader.AsStream()).ReadToEndAsync();
        await answer;

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(101);
        lines[^1].ShouldStartWith("{\"summary\":{");
    }

    private async Task WriteAsync(int series, CancellationToken limit)
    {
        await DetectLines.WriteAsync(new DefaultHttpContext().Response, JudgedAsync(series, limit), new DetectTally(), TimeSpan.Zero, _pipe.Writer, limit);
        await _pipe.Writer.CompleteAsync();
    }

    private async IAsyncEnumerable<JudgedSeries> JudgedAsync(int series, [EnumeratorCancellation] CancellationToken limit)
    {
        var line = System.Text.Encoding.ASCII.GetBytes($"\"{new string('x', LineBytes - 3)}\"");
        for (; _judged < series; _judged++)
        {
            limit.ThrowIfCancellationRequested();
            yield return new JudgedSeries([new JudgedMetric(line, 1, IsJudged: true, IsAnomalous: true, Reason: null)]);
        }
        await Task.CompletedTask;
    }
}
