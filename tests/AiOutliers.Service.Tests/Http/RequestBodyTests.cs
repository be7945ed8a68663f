using System.Net;
using AiOutliers.Druid.Budgets;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;
using AiOutliers.Service.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AiOutliers.Service.Tests.Http;

[Collection(LargeMemory.Name)]
public sealed class RequestBodyTests
{
    private Budget Bytes { get; } = new("bytes", 512L << 20);

    [Theory]
    [InlineData(0, null)]
    [InlineData(70_000, null)]
    [InlineData(70_000, 70_000L)]
    [InlineData(9_000_000, 9_000_000L)]
    public async Task Read_AnyLength_IsThereWhole(int length, long? announced)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);
        using var body = await RequestBody.ReadAsync(Request(new MemoryStream(content), announced), Bytes, default);
        body.Bytes.Span.SequenceEqual(content).ShouldBeTrue();
    }

    [Fact]
    public async Task Read_MoreThanAllBodiesTogetherMayTake_IsRefusedAndGivesItBack()
    {
        (await ShouldBeRefusedAsync(new Endless(default), default)).StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        (await ShouldBeRefusedAsync(new Endless(default), default)).StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        using var body = await RequestBody.ReadAsync(Request(new MemoryStream(new byte[1000]), null), Bytes, default);
        body.Bytes.Length.ShouldBe(1000);
    }

    /// <summary>Bodies that are announced and never come must not shut out those that come.</summary>
    [Fact]
    public async Task Read_WhileHundredsOnlyAnnounceABody_IsRead()
    {
        using var gone = new CancellationTokenSource();
        var announced = Enumerable.Range(0, 300)
            .Select(_ => RequestBody.ReadAsync(Request(new Endless(Timeout.InfiniteTimeSpan), 16_000_000), Bytes, gone.Token).AsTask())
            .ToList();

        using (var body = await RequestBody.ReadAsync(Request(new MemoryStream(new byte[1_000_000]), 1_000_000), Bytes, default))
            body.Bytes.Length.ShouldBe(1_000_000);

        announced.ShouldAllBe(static reading => !reading.IsCompleted);
        await gone.CancelAsync();
        foreach (var reading in announced)
            await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>Two hundred bodies that come slowly, from one address.</summary>
    [Fact]
    public async Task Read_OneAddressTakesItsShare_LeavesTheOthersTheirs()
    {
        using var gone = new CancellationTokenSource();
        var bytes = new Budget("bytes", 1 << 20, 1 << 19);
        var slow = Enumerable.Range(0, 200).Select(_ => ReadAsync("10.0.0.1", new Endless(Timeout.InfiniteTimeSpan), gone.Token)).ToList();

        using (var body = await ReadAsync("10.0.0.2", new MemoryStream(new byte[1000]), default))
            body.Bytes.Length.ShouldBe(1000);

        slow.Count(static reading => reading.IsFaulted).ShouldBeInRange(150, 199);
        bytes.Refused.ShouldBe(slow.Count(static reading => reading.IsFaulted));
        await gone.CancelAsync();
        await Task.WhenAll(slow.Select(static reading => reading.ContinueWith(static _ => { }, TaskScheduler.Default)));
        bytes.Used.ShouldBe(0);

        Task<RequestBody> ReadAsync(string address, Stream content, CancellationToken cancellation)
        {
            var request = Request(content, null);
            request.HttpContext.Connection.RemoteIpAddress = IPAddress.Parse(address);
            return RequestBody.ReadAsync(request, bytes, cancellation).AsTask();
        }
    }

    /// <summary>Half of what all may take: its last step needs the room that it has already.</summary>
    [Fact]
    public async Task Read_OneAloneOfMoreThanHalf_IsRead()
    {
        const int Length = 300_000_000;
        using var body = await RequestBody.ReadAsync(Request(new Zeros(Length), Length), Bytes, default);
        body.Bytes.Length.ShouldBe(Length);
    }

    /// <summary>What the configuration accepts is read, however it is sent; twice at once from two addresses, not from one.</summary>
    [Theory]
    [InlineData(500_000_000L)]
    [InlineData(null)]
    public async Task Read_TheLargestThatIsAccepted_IsRead(long? announced)
    {
        const int Length = 500_000_000;
        var bytes = new Admission(Length).BodyBytes;

        using var body = await RequestBody.ReadAsync(LimitedRequest(new Zeros(Length), announced, Length), bytes, default);

        body.Bytes.Length.ShouldBe(Length);
        (await Should.ThrowAsync<BadHttpRequestException>(async () =>
            await RequestBody.ReadAsync(LimitedRequest(new Zeros(Length), announced, Length), bytes, default))).StatusCode.ShouldBe(503);
    }

    private static HttpRequest LimitedRequest(Stream content, long? announced, long limit)
    {
        var request = Request(content, announced);
        request.HttpContext.Connection.RemoteIpAddress = IPAddress.Loopback;
        request.HttpContext.Features.Set<IHttpMaxRequestBodySizeFeature>(new BodyLimit { MaxRequestBodySize = limit });
        return request;
    }

    private sealed class BodyLimit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => true;

        public long? MaxRequestBodySize { get; set; }
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
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await RequestBody.ReadAsync(Request(new Endless(Timeout.InfiniteTimeSpan), null), Bytes, gone.Token));
    }

    private async Task<BadHttpRequestException> ShouldBeRefusedAsync(Stream content, TimeSpan? longest) =>
        await Should.ThrowAsync<BadHttpRequestException>(async () => await RequestBody.ReadAsync(
            Request(content, null), Bytes, TestContext.Current.CancellationToken, longest == default(TimeSpan) ? null : longest));

    private static HttpRequest Request(Stream content, long? announced) => new DefaultHttpContext { Request = { Body = content, ContentLength = announced } }.Request;

    private class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Bad chunk size data.");
    }

    private sealed class Zeros(int length) : Broken
    {
        private int _left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Math.Min(_left, buffer.Length);
            _left -= read;
            return new(read);
        }
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
