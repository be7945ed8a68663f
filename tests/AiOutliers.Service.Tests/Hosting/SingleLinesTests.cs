using AiOutliers.Service.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace AiOutliers.Service.Tests.Hosting;

public sealed class SingleLinesTests
{
    [Theory]
    [InlineData("traffic", "No model is named traffic")]
    [InlineData("x\n2024-11-25T00:00:00Z ERR forged", "No model is named x 2024-11-25T00:00:00Z ERR forged")]
    [InlineData("\u001b[2Jx\r\0", "No model is named  [2Jx  ")]
    [InlineData("a\u2028b\u2029c\u202Ed\u2066e\u200Bf", "No model is named a b c d e f")]
    public void Log_NameFromOutside_StaysInItsLine(string name, string line) => Logged(name).ShouldBe(line);

    [Fact]
    public void Log_NameOfMegabytes_IsShortened() => Logged(new string('x', 3_000_000)).ShouldEndWith("… (3000000 characters)");

    private static string Logged(string name)
    {
        var sink = new Last();
        using var logger = new LoggerConfiguration().Enrich.With<SingleLines>().WriteTo.Sink(sink).CreateLogger();
        logger.Information("No model is named {Model:l}", name);
        sink.Line.Length.ShouldBeLessThan(1100);
        return sink.Line;
    }

    private sealed class Last : ILogEventSink
    {
        public string Line { get; private set; } = "";

        public void Emit(LogEvent logEvent) => Line = logEvent.RenderMessage();
    }
}
