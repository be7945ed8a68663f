namespace AiOutliers.Druid.Files;

/// <summary>A stream whose first bytes are known before it is read: they tell the format.</summary>
internal sealed class HeadStream : Stream
{
    private const int HeadLength = 4096;

    private readonly Stream _inner;
    private readonly byte[] _head = new byte[HeadLength];
    private int _start;
    private int _end;

    private HeadStream(Stream inner) => _inner = inner;

    /// <summary>The first bytes that were not read yet.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(_start.._end);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static async Task<HeadStream> OpenAsync(Stream inner, CancellationToken cancellation)
    {
        var stream = new HeadStream(inner);
        stream._end = await inner.ReadAtLeastAsync(stream._head, HeadLength, throwOnEndOfStream: false, cancellation);
        return stream;
    }

    /// <summary>Passes over a byte order mark and blanks.</summary>
    public void SkipBlanks()
    {
        if (Head.StartsWith([(byte)0xEF, (byte)0xBB, (byte)0xBF]))
            _start += 3;
        _start += Head.Length - Head.TrimStart(" \t\r\n"u8).Length;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
            return _inner.Read(buffer);
        var count = Math.Min(buffer.Length, _end - _start);
        _head.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _start == _end ? _inner.ReadAsync(buffer, cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
