using AiOutliers.Detection;
using AiOutliers.Druid.Budgets;

namespace AiOutliers.Druid.Client;

/// <summary>
/// An answer's body in one pooled buffer, filled as it arrives, and bounded: a broken query must not take the service's memory.
/// </summary>
internal sealed class BoundedBody : IDisposable
{
    /// <summary>From this size on an answer is read only when few others are: memory is bounded, however many ask.</summary>
    private const int Large = 16 * 1024 * 1024;

    private byte[] _buffer = BodyBuffers.Rent(64 * 1024);
    private int _length;
    private BudgetTurn? _turn;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <exception cref="AiOutliersException">The body is larger than the options allow.</exception>
    public static async Task<BoundedBody> ReadAsync(Stream stream, BrokerOptions options, CancellationToken cancellation)
    {
        var body = new BoundedBody();
        try
        {
            while (true)
            {
                if (body._length == body._buffer.Length)
                    await body.GrowAsync(options, cancellation);
                var read = await stream.ReadAsync(body._buffer.AsMemory(body._length), cancellation);
                if (read == 0)
                    return body;
                body._length += read;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        BodyBuffers.Return(_buffer);
        (_buffer, _length) = ([], 0);
        _turn?.Dispose();
        _turn = null;
    }

    private async ValueTask GrowAsync(BrokerOptions options, CancellationToken cancellation)
    {
        var most = options.LargestAnswer;
        if (_length >= most)
        {
            throw new AiOutliersException(ErrorKind.SourceFailed,
                $"the broker's answer is larger than {most / (1024 * 1024)} MB; ask for a shorter interval or a coarser granularity");
        }
        if (_turn is null && _length >= Large)
            _turn = await options.LargeAnswers.EnterAsync(null, cancellation);
        var larger = BodyBuffers.Rent((int)Math.Min(_buffer.Length * 2L, most));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        BodyBuffers.Return(_buffer);
        _buffer = larger;
    }
}
