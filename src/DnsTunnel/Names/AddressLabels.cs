namespace DnsTunnel.Names;

/// <summary>
/// IP addresses in names that are no reverse names: block lists are asked for 4.3.2.1.list.example and for 32 nibbles (RFC 5782,
/// section 2), telephone numbers are asked for digit by digit (RFC 6116), hosts of providers are called 1-2-3-4.pool.example or ip-1-2-3-4.
/// </summary>
internal static class AddressLabels
{
    private const int Octets = 4;
    private const int Nibbles = 32;

    /// <summary>A telephone number with the code of its country (E.164).</summary>
    private const int LeastDigits = 8;
    private const int MostDigits = 15;

    /// <summary>Whether the labels (in wire form, without the registered domain) begin with an address.</summary>
    public static bool AreIn(ReadOnlySpan<byte> labels)
    {
        if (labels.IsEmpty) return false;
        var first = labels.Slice(1, labels[0]);
        return HasDashedAddress(first) || Count(labels, IsOctet) == Octets || Count(labels, IsNibble) >= Nibbles || Count(labels, IsDigit) is >= LeastDigits and <= MostDigits;
    }

    private delegate bool LabelTest(ReadOnlySpan<byte> label);

    /// <summary>How many labels from the first on pass a test.</summary>
    private static int Count(ReadOnlySpan<byte> labels, LabelTest test)
    {
        var count = 0;
        for (; !labels.IsEmpty && test(labels.Slice(1, labels[0])); labels = labels[(1 + labels[0])..]) count++;
        return count;
    }

    private static bool IsOctet(ReadOnlySpan<byte> label)
    {
        if (label.Length is 0 or > 3) return false;
        var value = 0;
        foreach (var b in label)
        {
            if (!char.IsAsciiDigit((char)b)) return false;
            value = (10 * value) + b - '0';
        }

        return value <= byte.MaxValue;
    }

    private static bool IsNibble(ReadOnlySpan<byte> label) => label.Length == 1 && char.IsAsciiHexDigit((char)label[0]);

    private static bool IsDigit(ReadOnlySpan<byte> label) => label.Length == 1 && char.IsAsciiDigit((char)label[0]);

    private static bool HasDashedAddress(ReadOnlySpan<byte> label)
    {
        var octets = 0;
        while (true)
        {
            var dash = label.IndexOf((byte)'-');
            octets = IsOctet(dash < 0 ? label : label[..dash]) ? octets + 1 : 0;
            if (octets == Octets || dash < 0) return octets == Octets;
            label = label[(dash + 1)..];
        }
    }
}
