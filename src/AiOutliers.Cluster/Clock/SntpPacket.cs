using System.Buffers.Binary;
using System.Text;

namespace AiOutliers.Cluster.Clock;

/// <summary>
/// The 48 bytes of SNTP version 4 (RFC 4330; kiss codes RFC 5905, section 7.4). Left out: extension fields and authentication, which no
/// client of an unauthenticated server needs.
/// </summary>
public static class SntpPacket
{
    public const int Length = 48;

    private const int Version = 4, ClientMode = 3, ServerMode = 4, UnsynchronizedLeap = 3, LastStratum = 15;
    private const int StratumAt = 1, ReferenceAt = 12, OriginateAt = 24, ReceiveAt = 32, TransmitAt = 40;

    /// <summary>Longer than any path on Earth; what took so long says nothing about the time.</summary>
    private static readonly TimeSpan LongestTrip = TimeSpan.FromSeconds(2);

    private static readonly DateTimeOffset Era0 = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Era 1 begins on 2036-02-07: seconds without the top bit belong to it (RFC 4330, section 3).</summary>
    private static readonly DateTimeOffset Era1 = Era0.AddSeconds(1L << 32);

    /// <summary>A question; its transmit field, which the server sends back, is what the answer is recognised by.</summary>
    public static void WriteRequest(Span<byte> packet, DateTimeOffset sent)
    {
        packet[..Length].Clear();
        packet[0] = (Version << 3) | ClientMode;
        BinaryPrimitives.WriteUInt64BigEndian(packet[TransmitAt..], Stamp(sent));
    }

    /// <summary>offset = ((T2 − T1) + (T3 − T4)) / 2, round trip = (T4 − T1) − (T3 − T2).</summary>
    /// <param name="packet">What came.</param>
    /// <param name="sent">T1: what the request was written with.</param>
    /// <param name="received">T4: the local clock when it came.</param>
    public static SntpReply ReadReply(ReadOnlySpan<byte> packet, DateTimeOffset sent, DateTimeOffset received)
    {
        if (packet.Length < Length || (packet[0] & 7) != ServerMode)
            return Wrong("the packet is not an answer of an NTP server");
        // Before anything else, kisses too: whoever cannot see our packets must not be able to stop us.
        if (BinaryPrimitives.ReadUInt64BigEndian(packet[OriginateAt..]) != Stamp(sent))
            return Wrong("the packet answers another question");
        if (packet[StratumAt] == 0)
            return Kiss(Encoding.ASCII.GetString(packet.Slice(ReferenceAt, 4)));
        if (packet[0] >> 6 == UnsynchronizedLeap
            || packet[StratumAt] > LastStratum
            || BinaryPrimitives.ReadUInt64BigEndian(packet[TransmitAt..]) == 0)
        {
            return Wrong("the server has no time itself yet");
        }
        var (arrived, left) = (Time(packet[ReceiveAt..]), Time(packet[TransmitAt..]));
        var trip = received - sent - (left - arrived);
        if (trip < TimeSpan.FromMilliseconds(-1) || trip > LongestTrip)
            return Wrong($"the answer took {trip.TotalSeconds:0.0} s");
        return new(SntpReplyKind.Time, (arrived - sent + (left - received)) / 2, trip, "");
    }

    private static SntpReply Kiss(string code) => code switch
    {
        "DENY" or "RSTR" => new(SntpReplyKind.Refused, default, default, "the server refuses to serve this address"),
        "RATE" => new(SntpReplyKind.AskLess, default, default, "the server is asked too often"),
        _ => Wrong("the server has no time itself yet"),
    };

    private static SntpReply Wrong(string reason) => new(SntpReplyKind.Wrong, default, default, reason);

    /// <summary>Seconds and 2⁻³² seconds since the beginning of the era.</summary>
    private static ulong Stamp(DateTimeOffset time)
    {
        var ticks = (UInt128)(ulong)(time - Era0).Ticks;
        return (ulong)((ticks << 32) / TimeSpan.TicksPerSecond);
    }

    private static DateTimeOffset Time(ReadOnlySpan<byte> field)
    {
        var stamp = BinaryPrimitives.ReadUInt64BigEndian(field);
        var ticks = (long)(((UInt128)stamp * TimeSpan.TicksPerSecond) >> 32);
        return (stamp >> 63 == 1 ? Era0 : Era1).AddTicks(ticks);
    }
}
