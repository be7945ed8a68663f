using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Tests.Hosting;

public sealed class FileMappingTests
{
    [Fact]
    public void Of_MappingsOfThisProcess_AreFilesOnly()
    {
        string[] lines =
        [
            "55e0c0a4e000-55e0c0a50000 r--p 00000000 fe:00 1311 /opt/a folder/libdata.so.1.2",
            "Size:                  8 kB", "Anonymous:             0 kB", "Swap:                  0 kB", "VmFlags: rd mr mw me sd",
            "7f307c400000-7f307cc12000 rw-p 00000000 00:00 0 ",
            "Size:               8264 kB", "Anonymous:          8264 kB", "Swap:                  0 kB", "VmFlags: rd wr mr mw me ac sd",
            "7ffd1a7f0000-7ffd1a811000 rw-p 00000000 00:00 0                          [stack]",
            "Anonymous:            40 kB", "Swap:                  0 kB",
            "7f307fc18000-7f307fca4000 r--p 03818000 fe:00 1312                       /opt/libother.so",
            "Anonymous:           560 kB", "Swap:                  0 kB", "SwapPss:               0 kB",
            "7f308fc18000-7f308fca4000 r--p 03818000 fe:00 1312                       /opt/libswapped.so",
            "Anonymous:             0 kB", "Swap:                560 kB", "SwapPss:             560 kB",
        ];

        FileMapping.Of(lines).ShouldBe(
        [
            new(0x55e0c0a4e000, 0x55e0c0a50000, "r--p", "/opt/a folder/libdata.so.1.2", HasOwn: false),
            new(0x7f307fc18000, 0x7f307fca4000, "r--p", "/opt/libother.so", HasOwn: true),
            new(0x7f308fc18000, 0x7f308fca4000, "r--p", "/opt/libswapped.so", HasOwn: true),
        ]);
    }

    // What the loader has relocated, what may be written, and memory that has no file would be lost.
    [Theory]
    [InlineData("r--p", "/opt/libdata.so", false, true)]
    [InlineData("r-xp", "/opt/libdata.so", false, true)]
    [InlineData("r--s", "/opt/Data.dll", false, true)]
    [InlineData("r--p", "/opt/libdata.so", true, false)]
    [InlineData("rw-p", "/opt/libdata.so", false, false)]
    [InlineData("r-xs", "/memfd:doublemapper (deleted)", false, false)]
    public void IsAsInTheFile_OnlyWhatNobodyWrote(string rights, string file, bool hasOwn, bool expected) =>
        new FileMapping(0x1000, 0x2000, rights, file, hasOwn).IsAsInTheFile.ShouldBe(expected);

    [Theory]
    [InlineData("/opt/libdata.so", true)]
    [InlineData("/opt/Data.dll", true)]
    [InlineData("/opt/libdata.so (deleted)", false)]
    [InlineData("/opt/flows.parquet", false)]
    [InlineData("/opt/more/libdata.so", false)]
    [InlineData("/usr/lib64/libdata.so", false)]
    public void IsLibraryIn_GoesByNameAndFolder(string file, bool expected) =>
        new FileMapping(0x1000, 0x2000, "r--p", file, HasOwn: false).IsLibraryIn(new HashSet<string> { "/opt" }).ShouldBe(expected);

    [Theory]
    [InlineData(0x0fff, false)]
    [InlineData(0x1000, true)]
    [InlineData(0x1fff, true)]
    [InlineData(0x2000, false)]
    public void Holds_AddressesFromItsBeginToItsEnd(ulong address, bool expected) =>
        new FileMapping(0x1000, 0x2000, "r--s", "/opt/Data.dll", HasOwn: false).Holds(address).ShouldBe(expected);
}
