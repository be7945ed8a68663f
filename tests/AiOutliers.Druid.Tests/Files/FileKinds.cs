using System.Globalization;
using System.IO.Compression;
using System.Text;
using AiOutliers.Tests.Shared;
using DuckDB.NET.Data;
using ZstdSharp;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Files of every kind that <c>docs/inputs.md</c> names, made from the same four rows.</summary>
internal static class FileKinds
{
    private static readonly double[] Rows = [1234.5, 20, 3, 4_000_000];
    private static readonly DateTimeOffset Midnight = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, Func<DateTimeOffset, string> Text)[] Times =
    [
        ("ISO with milliseconds", static time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
        ("ISO", static time => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        ("ISO without a zone", static time => time.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)),
        ("ISO with a blank", static time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        ("ISO with slashes", static time => time.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture)),
        ("ISO with an offset", static time => time.ToOffset(TimeSpan.FromHours(5.5)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)),
        ("ISO and UTC as a word", static time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"),
        ("ISO without signs", static time => time.ToString("yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture)),
        ("RFC 1123 without the weekday", static time => time.ToString("dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " GMT"),
        ("seconds", static time => $"{time.ToUnixTimeSeconds()}"),
        ("seconds with a fraction", static time => $"{time.ToUnixTimeSeconds()}.000"),
        ("milliseconds", static time => $"{time.ToUnixTimeMilliseconds()}"),
        ("microseconds", static time => $"{time.ToUnixTimeMilliseconds()}000"),
        ("nanoseconds", static time => $"{time.ToUnixTimeMilliseconds()}000000"),
    ];

    public static IReadOnlyList<FileKind> All { get; } =
    [
        .. Times.Select(static form => Csv($"CSV, {form.Name}", form.Text, static (time, value) => $"{time},{Plain(value)}", "time,bytes")),
        .. Times.Select(static form => Json($"JSON Lines, {form.Name}", static (time, value) => $$"""{"time":{{time}},"bytes":{{Plain(value)}}}""", "", "\n", "", form.Text)),
        .. Separators(), .. Numbers(), .. Missing(), .. Columns(), .. Druid(), .. Others(), .. Parquet(), .. Packed(),
    ];

    private static IEnumerable<FileKind> Separators() =>
        new[] { (',', ""), (';', ""), ('\t', ""), ('|', ""), (';', "sep=;\n"), ('\t', "sep=\t\n") }.Select(static form => Csv(
            $"CSV, separator {(int)form.Item1}{(form.Item2.Length > 0 ? ", named" : "")}", Times[1].Text,
            (time, value) => $"{time}{form.Item1}{Plain(value)}", $"{form.Item2}time{form.Item1}bytes"));

    private static IEnumerable<FileKind> Numbers() =>
    [
        Csv("decimal comma", Times[1].Text, static (time, value) => $"{time};{Plain(value).Replace('.', ',')}", "time;bytes"),
        Csv("points between thousands", Times[1].Text, static (time, value) => $"{time};{value.ToString("N1", CultureInfo.GetCultureInfo("").NumberFormat).Replace(',', '_').Replace('.', ',').Replace('_', '.')}", "time;bytes"),
        Csv("commas between thousands", Times[1].Text, static (time, value) => $"{time},\"{value.ToString("N1", CultureInfo.InvariantCulture)}\"", "time,bytes"),
        Csv("blanks between thousands", Times[1].Text, static (time, value) => $"{time};{value.ToString("N1", CultureInfo.InvariantCulture).Replace(',', ' ')}", "time;bytes"),
        Csv("apostrophes between thousands", Times[1].Text, static (time, value) => $"{time};{value.ToString("N1", CultureInfo.InvariantCulture).Replace(',', '\'')}", "time;bytes"),
        Csv("kilo", Times[1].Text, static (time, value) => $"{time},{Plain(value / 1000)} k", "time,bytes"),
        Csv("unit", Times[1].Text, static (time, value) => $"{time},{Plain(value)} bytes", "time,bytes"),
        Csv("kibi", Times[1].Text, static (time, value) => $"{time},{Plain(value / 1024)} KiB", "time,bytes"),
        Csv("exponent", Times[1].Text, static (time, value) => $"{time},{value.ToString("E6", CultureInfo.InvariantCulture)}", "time,bytes"),
    ];

    private static IEnumerable<FileKind> Missing() =>
        new[] { "", "NA", "N/A", "null", "None", "NaN", "inf", "-", "\\N", "9223372036854775807", "-9223372036854775808" }.Select(static word =>
            SecondMissing(Csv(
                $"missing as '{word}'", Times[1].Text, (time, value) => $"{time},{(value == Rows[1] ? word : Plain(value))}", "time,bytes")));

    private static IEnumerable<FileKind> Columns() =>
    [
        Csv("time last", Times[1].Text, static (time, value) => $"{Plain(value)},{time}", "bytes,when"),
        Csv("text beside", Times[1].Text, static (time, value) => $"{time},dns,{Plain(value)}", "time,app,bytes"),
        Csv("number of the row", Times[1].Text, static (time, value) => $"7,{time},{Plain(value)}", ",time,bytes"),
        DayFirst(Csv(
            "day first, told", static time => time.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
            static (time, value) => $"{time},{Plain(value)}", "time,bytes")),
        Csv("quoted", Times[1].Text, static (time, value) => $"\"{time}\",\"{Plain(value)}\"", "\"time\",\"bytes\""),
        WithoutLineEnd(Csv("no line end", Times[1].Text, static (time, value) => $"{time},{Plain(value)}", "time,bytes")),
    ];

    private static FileKind SecondMissing(FileKind kind) => kind with { Values = [Rows[0], double.NaN, Rows[2], Rows[3]] };

    private static FileKind DayFirst(FileKind kind) => kind with { Options = new() { TimeFormat = "dd/MM/yyyy HH:mm" } };

    private static FileKind WithoutLineEnd(FileKind csv) => csv with { Content = csv.Content[..^1] };

    private static IEnumerable<FileKind> Druid() =>
    [
        Json("Druid timeseries", static (time, value) => $$$"""{"timestamp":{{{time}}},"result":{"bytes":{{{Plain(value)}}}}}""", "[", ",", "]"),
        Json("Druid timeseries, other order", static (time, value) => $$$"""{"result":{"bytes":{{{Plain(value)}}}},"timestamp":{{{time}}}}""", "[", ",", "]"),
        Json("Druid groupBy", static (time, value) => $$$"""{"version":"v1","timestamp":{{{time}}},"event":{"bytes":{{{Plain(value)}}}}}""", "[", ",", "]"),
        Json("Druid topN", static (time, value) => $$$"""{"timestamp":{{{time}}},"result":[{"app":"dns","bytes":{{{Plain(value)}}}}]}""", "[", ",", "]"),
        Json("Druid scan", static (time, value) => $$"""{"__time":{{time}},"bytes":{{Plain(value)}}}""", """[{"columns":["__time","bytes"],"events":[""", ",", "]}]"),
        Json("Druid scan, lists", static (time, value) => $"[{time},{Plain(value)}]", """[{"columns":["__time","bytes"],"events":[""", ",", "]}]"),
        Json("Druid SQL, object", static (time, value) => $$"""{"__time":{{time}},"bytes":{{Plain(value)}}}""", "[", ",", "]"),
        Json("Druid SQL, objectLines", static (time, value) => $$"""{"__time":{{time}},"bytes":{{Plain(value)}}}""", "", "\n", "\n\n"),
        Json("Druid SQL, array", static (time, value) => $"[{time},{Plain(value)}]", """[["__time","bytes"],""", ",", "]"),
        Json("Druid SQL, arrayLines", static (time, value) => $"[{time},{Plain(value)}]", "[\"__time\",\"bytes\"]\n", "\n", "\n\n"),
        Json("Druid SQL, object with types", static (time, value) => $$"""{"__time":{{time}},"bytes":{{Plain(value)}}}""",
            """[{"__time":{"type":"LONG","sqlType":"TIMESTAMP"},"bytes":{"type":"DOUBLE","sqlType":"DOUBLE"}},""", ",", "]"),
        Json("Druid SQL, array with types", static (time, value) => $"[{time},{Plain(value)}]",
            """[["__time","bytes"],["LONG","DOUBLE"],["TIMESTAMP","DOUBLE"],""", ",", "]"),
        SecondMissing(Json(
            "Python's NaN", static (time, value) => $$$"""{"timestamp":{{{time}}},"result":{"bytes":{{{(value == Rows[1] ? "NaN" : Plain(value))}}}}}""",
            "[", ",", "]")),
    ];

    private static IEnumerable<FileKind> Others() =>
    [
        Json("Prometheus", static (time, value) => $"[{time},\"{Plain(value)}\"]", """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"bytes","job":"a"},"values":[""", ",", "]}]}}",
            static time => $"{time.ToUnixTimeSeconds()}"),
        Csv("InfluxDB, annotated CSV", Times[1].Text, static (time, value) => $",,0,{time},{Plain(value)},bytes,a",
            "#group,false,false,false,false,true,true\n#datatype,string,long,dateTime:RFC3339,double,string,string\n#default,_result,,,,,\n,result,table,_time,_value,_field,host"),
        new("InfluxDB, line protocol", Bytes(string.Join('\n', Rows.Select(static (value, row) => $"net,host=a bytes={Plain(value)} {At(row).ToUnixTimeMilliseconds()}000000"))), Rows),
    ];

    private static IEnumerable<FileKind> Parquet() =>
        new[] { "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_S", "TIMESTAMP_NS", "VARCHAR" }.Select(static type => new FileKind($"Parquet, {type}", Parquet(type), Rows));

    private static IEnumerable<FileKind> Packed()
    {
        var csv = Csv("", Times[1].Text, static (time, value) => $"{time},{Plain(value)}", "time,bytes");
        var text = Encoding.UTF8.GetString(csv.Content);
        yield return csv with { Name = "byte order mark", Content = [0xEF, 0xBB, 0xBF, .. csv.Content] };
        yield return csv with { Name = "UTF-16", Content = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)] };
        yield return csv with { Name = "UTF-16, big end first", Content = [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)] };
        yield return csv with { Name = "line ends of Windows", Content = Bytes(text.Replace("\n", "\r\n")) };
        yield return csv with { Name = "gzip", Content = Gzip(csv.Content) };
        yield return csv with { Name = "zstd", Content = Zstd(csv.Content) };
        yield return csv with { Name = "gzip of UTF-16", Content = Gzip([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]) };
    }

    private static FileKind Csv(string name, Func<DateTimeOffset, string> time, Func<string, double, string> line, string header) =>
        new(name, Bytes($"{header}\n{string.Concat(Rows.Select((value, row) => line(time(At(row)), value) + "\n"))}"), Rows);

    private static FileKind Json(
        string name, Func<string, double, string> row, string begin, string between, string end, Func<DateTimeOffset, string>? time = null) =>
        new(name, Bytes(begin + string.Join(between, Rows.Select((value, at) => row(Quoted((time ?? Times[0].Text)(At(at))), value))) + end), Rows);

    /// <summary>Numbers stand in JSON as they are.</summary>
    private static string Quoted(string time) => double.TryParse(time, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? time : $"\"{time}\"";

    private static byte[] Parquet(string type)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "x.parquet");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var rows = string.Join(", ", Rows.Select(static (value, row) => $"('{Times[3].Text(At(row))}', {Plain(value)}::DOUBLE)"));
        command.CommandText = $"SET TimeZone = 'UTC'; COPY (SELECT t::{type} AS t, bytes FROM (VALUES {rows}) AS v(t, bytes)) TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return File.ReadAllBytes(path);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionMode.Compress))
            stream.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Zstd(byte[] bytes)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(bytes).ToArray();
    }

    private static DateTimeOffset At(int row) => Midnight.AddMinutes(row);

    private static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
