using System.Text.Json;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Hands over the elements of a JSON array, or JSON values that follow each other, as they arrive: an answer of any
/// length takes the memory of its longest element.
/// </summary>
/// <param name="stream">The text, UTF-8 without a byte order mark.</param>
/// <param name="lines">Whether every value at the top is an element; else the top is one array.</param>
internal sealed class JsonElements(Stream stream, bool lines)
{
    /// <summary>A topN with 100,000 values is 15 MB.</summary>
    private const int LongestElement = 256 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private bool _isLast;
    private bool _isInside;
    private bool _isClosed;
    private JsonReaderState _state = new(new() { MaxDepth = 64, AllowMultipleValues = true });

    /// <param name="element">Gets each element's text.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public async Task ReadAsync(Action<ReadOnlySpan<byte>> element, CancellationToken cancellation)
    {
        while (!_isLast)
        {
            await FillAsync(cancellation);
            Drain(element, cancellation);
        }
        if (!lines && !_isClosed)
            throw DruidResponseReader.Wrong("the data ends before its closing ']'");
    }

    /// <summary>Reads more, behind what is left; a longer element gets a longer buffer.</summary>
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_end - _start == _buffer.Length)
        {
            if (_buffer.Length >= LongestElement)
                throw DruidResponseReader.Wrong($"a single element of the data has more than {LongestElement / (1024 * 1024)} MB");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < _buffer.Length && !_isLast)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            _end += read;
            _isLast = read == 0;
        }
    }

    /// <summary>All elements that are whole.</summary>
    private void Drain(Action<ReadOnlySpan<byte>> element, CancellationToken cancellation)
    {
        var text = _buffer.AsSpan(_start.._end);
        var json = new Utf8JsonReader(text, _isLast, _state);
        var before = json;
        while (json.Read())
        {
            if (_isClosed)
                throw DruidResponseReader.Wrong("the data goes on after the closing ']'");
            if (!lines && !_isInside)
            {
                if (json.TokenType != JsonTokenType.StartArray)
                    throw DruidResponseReader.Wrong("the data is not a JSON array");
                _isInside = true;
            }
            else if (!lines && json is { TokenType: JsonTokenType.EndArray, CurrentDepth: 0 })
            {
                _isClosed = true;
            }
            else
            {
                cancellation.ThrowIfCancellationRequested();
                var from = (int)json.TokenStartIndex;
                if (!json.TrySkip())
                    break;
                element(text[from..(int)json.BytesConsumed]);
            }
            before = json;
        }
        _start += (int)before.BytesConsumed;
        _state = before.CurrentState;
    }
}
