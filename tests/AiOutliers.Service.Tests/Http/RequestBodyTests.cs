using AiOutliers.Service.Http;
using Microsoft.AspNetCore.Http;

namespace AiOutliers.Service.Tests.Http;

[Collection("large memory")]
public sealed class RequestBodyTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(70_000, null)]
    [InlineData(70_000, 70_000L)]
    [InlineData(9_000_000, 9_000_000L)]
    public async Task Read_AnyLength_IsThereWhole(int length, long? announced)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);
        using var body = await RequestBody.ReadAsync(Request(new MemoryStream(content), announced), default);
        body.Bytes.Span.SequenceEqual(content).ShouldBeTrue();
    }

    [Fact]
    public async Task Read_MoreThanAllBodiesTogetherMayTake_IsRefusedAndGivesItBack()
    {
        (await ShouldBeRefusedAsync(new Endless(default), default)).StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        (await ShouldBeRefusedAsync(new Endless(default), default)).StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        using var body = await RequestBody.ReadAsync(Request(new MemoryStream(new byte[1000]), null), default);
        body.Bytes.Length.ShouldBe(1000);
    }

    [Fact]
    public async Task Read_ThatTakesTooLong_IsRefused() =>
        (await ShouldBeRefusedAsync(new Endless(Timeout.InfiniteTimeSpan), TimeSpan.FromMilliseconds(20))).StatusCode.ShouldBe(StatusCodes.Status408RequestTimeout);

    [Fact]
    public async Task Read_MalformedChunks_AreTheClientsFault() =>
        (await ShouldBeRefusedAsync(new Broken(), default)).StatusCode.ShouldBe(StatusCodes.Status400BadRequest);

    [Fact]
    public async Task Read_ClientGoesAway_IsNoFault()
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Should.ThrowAsync<OperationCanceledException>(async () => await RequestBody.ReadAsync(Request(new Endless(Timeout.InfiniteTimeSpan), null), gone.Token));
    }

    private static async Task<BadHttpRequestException> ShouldBeRefusedAsync(Stream content, TimeSpan? longest) =>
        await Should.ThrowAsync<BadHttpRequestException>(async () => await RequestBody.ReadAsync(Request(content, null), TestContext.Current.CancellationToken, longest == default(TimeSpan) ? null : longest));

    private static HttpRequest Request(Stream content, long? announced) => new DefaultHttpContext { Request = { Body = content, ContentLength = announced } }.Request;

    private class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Bad chunk size data.");
    }

    private sealed class Endless(TimeSpan pause) : Broken
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(pause, cancellationToken);
            return buffer.Length;
        }
    }
}
