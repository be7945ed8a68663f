using System.Buffers.Binary;
using System.Text;
using AiOutliers.Cluster.Clock;

namespace AiOutliers.Cluster.Tests.Clock;

public sealed class SntpPacketTests
{
    private static readonly DateTimeOffset Sent = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WriteRequest_Time_IsVersion4Client()
    {
        var packet = new byte[SntpPacket.Length];
        SntpPacket.WriteRequest(packet, DateTimeOffset.UnixEpoch);
        packet[0].ShouldBe((byte)0x23);
        // 70 years with 17 leap days: RFC 5905, figure 4.
        BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(40)).ShouldBe(2_208_988_800u);
    }

    [Theory]
    [InlineData(5000, 20)]
    [InlineData(-123456, 4)]
    [InlineData(0, 0)]
    [InlineData(86_400_000, 100)]
    public void ReadReply_ServerWithAnotherTime_GivesOffsetAndRoundTrip(int offsetMs, int tripMs)
    {
        var (offset, trip) = (TimeSpan.FromMilliseconds(offsetMs), TimeSpan.FromMilliseconds(tripMs));
        var reply = SntpPacket.ReadReply(Answer(Sent + offset + trip / 2), Sent, Sent + trip);

        reply.Kind.ShouldBe(SntpReplyKind.Time);
        reply.Offset.TotalMilliseconds.ShouldBe(offsetMs, 0.001);
        reply.RoundTrip.TotalMilliseconds.ShouldBe(tripMs, 0.001);
    }

    [Fact]
    public void ReadReply_AfterTheEraChanged_IsRight()
    {
        var sent = new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);
        SntpPacket.ReadReply(Answer(sent.AddSeconds(3), sent), sent, sent).Offset.TotalSeconds.ShouldBe(3, 1e-6);
    }

    [Theory]
    [InlineData("DENY", SntpReplyKind.Refused)]
    [InlineData("RSTR", SntpReplyKind.Refused)]
    [InlineData("RATE", SntpReplyKind.AskLess)]
    [InlineData("INIT", SntpReplyKind.Wrong)]
    public void ReadReply_KissOfDeath_IsUnderstood(string code, SntpReplyKind expected)
    {
        var packet = Answer(Sent);
        packet[1] = 0;
        Encoding.ASCII.GetBytes(code).CopyTo(packet, 12);
        SntpPacket.ReadReply(packet, Sent, Sent).Kind.ShouldBe(expected);
    }

    [Fact]
    public void ReadReply_KissToAnotherQuestion_IsPassedOver()
    {
        var packet = Answer(Sent, Sent.AddSeconds(1));
        packet[1] = 0;
        Encoding.ASCII.GetBytes("DENY").CopyTo(packet, 12);
        SntpPacket.ReadReply(packet, Sent, Sent).Kind.ShouldBe(SntpReplyKind.Wrong);
    }

    [Theory]
    [InlineData(0, 0x23)]
    [InlineData(0, 0xE4)]
    [InlineData(1, 16)]
    public void ReadReply_WrongHeader_IsWrong(int at, int value)
    {
        var packet = Answer(Sent);
        packet[at] = (byte)value;
        SntpPacket.ReadReply(packet, Sent, Sent).Kind.ShouldBe(SntpReplyKind.Wrong);
    }

    [Fact]
    public void ReadReply_ShortEmptyLateOrTimeless_IsWrong()
    {
        SntpPacket.ReadReply(Answer(Sent).AsSpan(0, 47), Sent, Sent).Kind.ShouldBe(SntpReplyKind.Wrong);
        SntpPacket.ReadReply([], Sent, Sent).Kind.ShouldBe(SntpReplyKind.Wrong);
        SntpPacket.ReadReply(Answer(Sent), Sent, Sent.AddSeconds(30)).Kind.ShouldBe(SntpReplyKind.Wrong);
        var timeless = Answer(Sent);
        timeless.AsSpan(40, 8).Clear();
        SntpPacket.ReadReply(timeless, Sent, Sent).Kind.ShouldBe(SntpReplyKind.Wrong);
    }

    /// <summary>As a stratum-2 server that takes no time to answer.</summary>
    internal static byte[] Answer(DateTimeOffset serverTime, DateTimeOffset? asked = null)
    {
        var packet = new byte[SntpPacket.Length];
        SntpPacket.WriteRequest(packet, asked ?? Sent);
        packet.AsSpan(40, 8).CopyTo(packet.AsSpan(24));
        SntpPacket.WriteRequest(packet.AsSpan(), serverTime);
        var stamp = packet.AsSpan(40, 8).ToArray();
        SntpPacket.WriteRequest(packet, asked ?? Sent);
        packet.AsSpan(40, 8).CopyTo(packet.AsSpan(24));
        stamp.CopyTo(packet, 32);
        stamp.CopyTo(packet, 40);
        (packet[0], packet[1]) = (0x24, 2);
        return packet;
    }
}
