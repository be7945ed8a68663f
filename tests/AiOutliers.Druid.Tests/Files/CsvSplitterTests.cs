using System.Text;
using AiOutliers.Druid.Files;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Fields of any content come back as they were written, wherever a read or a chunk ends.</summary>
public sealed class CsvSplitterTests
{
    private const int Columns = 3;

    private static readonly string[] Parts = ["\"", ",", "\n", "\r\n", "\r", " ", "a", "é", "1.5", "2024-03-01T00:00:00Z", ""];

    [Fact]
    public void Read_RandomFields_AreThoseThatWereWritten()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 60)).Select(_ => Row(random, round)).ToArray();
            var text = string.Concat(rows.Select(row => string.Join(',', row.Select(field => Written(field, random))) + End(random)));

            Split(text, step: 1 + round % 50).SequenceEqual(rows.SelectMany(static row => row)).ShouldBeTrue($"round {round}: {text}");
            if (!text.Contains('\r'))
                Split(text, step: 7).SequenceEqual(Slowly(text)).ShouldBeTrue($"round {round}: {text}");
        }
    }

    /// <summary>Some fields of every fifth round are longer than a chunk.</summary>
    private static string[] Row(Random random, int round)
    {
        var row = Enumerable.Range(0, Columns)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Parts[random.Next(Parts.Length)]))).ToArray();
        if (round % 5 == 0 && random.Next(20) == 0)
            row[1] += new string('x', random.Next(200_000));
        row[0] = row[0].Length == 0 ? "t" : row[0];
        return row;
    }

    private static string Written(string field, Random random) =>
        field.AsSpan().ContainsAny("\",\r\n") || random.Next(4) == 0 ? $"\"{field.Replace("\"", "\"\"")}\"" : field;

    private static string End(Random random) => random.Next(3) switch { 0 => "\r\n", 1 => "\n\n", _ => "\n" };

    private static List<string> Split(string text, int step)
    {
        using var stream = new PiecewiseStream(Encoding.UTF8.GetBytes(text), step);
        using var scan = new CsvScan(new(stream, [], new(',', (byte)'\n', [], HasHeader: true, 0), Columns, "'x'"), Columns, rows: 1);
        var fields = new List<string>();
        while (scan.Next())
        {
            for (var row = 0; row < scan.Rows; row++)
                fields.AddRange(scan.Columns.Select(column => Encoding.UTF8.GetString(column.Text(row))));
        }
        return fields;
    }

    private static List<string> Slowly(string text)
    {
        var (records, fields) = (new CsvRecords(new StringReader(text)), new List<string>());
        while (records.Read() is { } record)
            fields.AddRange(record is [""] ? [] : record);
        return fields;
    }

    /// <summary>Gives a few bytes at each read.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }
}
