using System.Buffers.Text;

namespace DnsTunnel.Volume;

/// <summary>
/// Labels that are the time of the query, as monitoring writes them against caches: seconds or milliseconds since 1970. Who chooses
/// one within a day of the true time tells 17 bits at most.
/// </summary>
internal static class TimestampLabel
{
    /// <summary>A day back and forth has 172,800 seconds.</summary>
    public const int Cost = 18 * LabelCode.Unit;

    private const int SecondDigits = 10;
    private const int MillisecondDigits = 13;

    /// <summary>Whether a label among these would be one at some time.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> labels)
    {
        for (; !labels.IsEmpty; labels = labels[(1 + labels[0])..])
        {
            if (labels[0] is SecondDigits or MillisecondDigits && labels[1] is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-') return true;
        }

        return false;
    }

    public static bool Is(ReadOnlySpan<byte> label, long ticks)
    {
        if (label.Length is not (SecondDigits or MillisecondDigits)) return false;
        if (!Utf8Parser.TryParse(label, out long number, out var read) || read != label.Length) return false;
        var seconds = label.Length == SecondDigits ? number : number / 1000;
        return Math.Abs(seconds - ((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond)) <= 86_400;
    }
}
