using System.Diagnostics;
using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Every kind of file gives its right answer, and a damaged one an answer or a message, never a crash.</summary>
public sealed class FileKindTests : IDisposable
{
    private const long Midnight = 1709251200000;

    /// <summary>More by AIOUTLIERS_MUTATIONS, others by AIOUTLIERS_SEED; bench/damaged.sh takes 100,000.</summary>
    private const int Mutations = 600, Seed = 17;

    /// <summary>A damaged file of a few hundred bytes needs no memory to speak of.</summary>
    private const long MostMegabytes = 600;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. FileKinds.All.Select(static kind => kind.Name)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kinds_Together_AreMoreThanSixty() => FileKinds.All.DistinctBy(static kind => kind.Name).Count().ShouldBeGreaterThan(60);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Read_Kind_GivesItsRows(string name)
    {
        var kind = FileKinds.All.Single(kind => kind.Name == name);

        var series = await ReadAsync(kind.Content, kind.Options);

        var table = series.Count == 1 ? series.Table(0) : throw new InvalidOperationException($"{series.Count} series");
        table.Times.ToArray().ShouldBe([Midnight, Midnight + 60_000, Midnight + 120_000, Midnight + 180_000]);
        table.Metrics.ShouldContain("bytes");
        foreach (var (value, expected) in table.Column("bytes").ToArray().Zip(kind.Values))
        {
            if (double.IsNaN(expected))
                value.ShouldBe(double.NaN);
            else
                value.ShouldBe(expected, tolerance: 1e-9 * Math.Abs(expected));
        }
    }

    [Fact]
    public async Task Read_DamagedFiles_AreAnsweredOrRefused()
    {
        var random = new Random(Told("AIOUTLIERS_SEED", Seed));
        var count = Told("AIOUTLIERS_MUTATIONS", Mutations);
        var refused = 0;
        for (var round = 0; round < count; round++)
        {
            var kind = FileKinds.All[round % FileKinds.All.Count];
            var damaged = Damaged(kind.Content, random);
            try
            {
                var series = await ReadAsync(damaged, kind.Options);
                for (var at = 0; at < Math.Min(series.Count, 3); at++)
                    series.Table(at).Rows.ShouldBeGreaterThan(0);
            }
            catch (AiOutliersException error)
            {
                error.Message.ShouldNotBeNullOrWhiteSpace();
                refused++;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"round {round}, {kind.Name}: {Convert.ToBase64String(damaged)}", error);
            }
        }
        refused.ShouldBeInRange(1, count - 1);
        using var process = Process.GetCurrentProcess();
        var megabytes = process.PeakWorkingSet64 >> 20;
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} files, {refused} of them refused; {megabytes} MB at the most");
        // Among other tests, which run beside it, the process has their memory, too: the bound is for bench/damaged.sh, which runs it alone.
        if (count > Mutations)
            megabytes.ShouldBeLessThan(MostMegabytes);
    }

    private static int Told(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var told) ? told : usual;

    /// <summary>Some bytes changed, taken out, doubled, or put in; or the end cut off.</summary>
    private static byte[] Damaged(byte[] content, Random random)
    {
        var bytes = content.ToList();
        for (var times = random.Next(1, 5); times > 0 && bytes.Count > 4; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                case 4: bytes.Insert(at, "\"\\,;{}[]\n\0-:9eNI"u8[random.Next(16)]); break;
                default: (bytes[at], bytes[^1]) = (bytes[^1], bytes[at]); break;
            }
        }
        return [.. bytes];
    }

    private async Task<SeriesSet> ReadAsync(byte[] content, InputOptions options)
    {
        var path = Path.Combine(_folder.Path, "x");
        await File.WriteAllBytesAsync(path, content);
        var read = await InputFile.ReadAsync(path, "'x'", options, CancellationToken.None);
        return read.Series ?? throw new AiOutliersException(ErrorKind.BadInput, "a query");
    }
}
