using System.Text.Json;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Hands over the elements of a JSON array, or JSON values that follow each other, as they arrive: an answer of any
/// length takes the memory of its longest element.
/// </summary>
/// <param name="stream">The text, UTF-8 without a byte order mark.</param>
/// <param name="lines">Whether every value at the top is an element; else the top is one array.</param>
/// <param name="member">The elements are those of the array in the first member of this name, at any depth; null: of the top.</param>
internal sealed class JsonElements(Stream stream, bool lines, string? member = null)
{
    /// <summary>A topN with 100,000 values is 15 MB.</summary>
    private const int LongestElement = 256 * 1024 * 1024;

    private readonly byte[] _piece = new byte[128 * 1024];
    private byte[] _buffer = new byte[256 * 1024];
    private PythonTokens _tokens;
    private int _pieceEnd;
    private int _start;
    private int _end;
    private bool _isLast;
    private bool _isNamed = member is null;
    private bool _isInside;
    private bool _isClosed;
    private bool _isNotes;
    private int _depth;
    private JsonReaderState _state = new(new() { MaxDepth = 64, AllowMultipleValues = true });

    /// <summary>The texts of <c>warnings</c> and <c>infos</c> beside the elements, as Prometheus writes them.</summary>
    public List<string> Notes { get; } = [];

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
        if (!lines && !_isInside)
            throw DruidResponseReader.Wrong(member is null ? "the data is not a JSON array" : $"the data has no array '{member}'");
        if (!lines && !_isClosed)
            throw DruidResponseReader.Wrong("the data ends before its closing ']'");
    }

    /// <summary>Reads more, behind what is left; a longer element gets a longer buffer.</summary>
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_buffer.Length - _end < PythonTokens.Room(_piece.Length))
        {
            if (_buffer.Length >= LongestElement)
                throw DruidResponseReader.Wrong($"a single element of the data has more than {LongestElement / (1024 * 1024)} MB");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        while (_buffer.Length - _end >= PythonTokens.Room(_piece.Length) && !_isLast)
        {
            var read = await stream.ReadAsync(_piece.AsMemory(_pieceEnd), cancellation);
            _isLast = read == 0;
            Mend(_piece.AsSpan(0, _pieceEnd + read));
        }
    }

    private void Mend(Span<byte> piece)
    {
        var done = _tokens.Copy(piece, _isLast, _buffer.AsSpan(_end), out var written);
        _end += written;
        _pieceEnd = piece.Length - done;
        piece[done..].CopyTo(_piece);
    }

    /// <summary>All elements that are whole.</summary>
    private void Drain(Action<ReadOnlySpan<byte>> element, CancellationToken cancellation)
    {
        var text = _buffer.AsSpan(_start.._end);
        var json = new Utf8JsonReader(text, _isLast, _state);
        var before = json;
        while (json.Read())
        {
            if (lines || _isInside && !_isClosed && !IsEnd(json))
            {
                cancellation.ThrowIfCancellationRequested();
                var from = (int)json.TokenStartIndex;
                if (!json.TrySkip())
                    break;
                element(text[from..(int)json.BytesConsumed]);
            }
            else
            {
                Follow(ref json);
            }
            before = json;
        }
        _start += (int)before.BytesConsumed;
        _state = before.CurrentState;
    }

    private bool IsEnd(in Utf8JsonReader json) => json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == _depth;

    /// <summary>Around the elements.</summary>
    private void Follow(ref Utf8JsonReader json)
    {
        if (json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName)
            _isNotes = json.ValueTextEquals("warnings"u8) || json.ValueTextEquals("infos"u8);
        else if (_isNotes && json.TokenType == JsonTokenType.String)
            Notes.Add(json.GetString()!);
        if (_isInside)
        {
            if (_isClosed && member is null)
                throw DruidResponseReader.Wrong("the data goes on after the closing ']'");
            _isClosed = true;
            return;
        }
        _isInside = _isNamed && json.TokenType == JsonTokenType.StartArray;
        _depth = json.CurrentDepth;
        if (!_isInside && member is null)
            throw DruidResponseReader.Wrong("the data is not a JSON array");
        _isNamed = member is null || json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(member);
    }
}
