namespace DnsTunnel.Generators.Tunnels;

/// <summary>What one client of a tunnel keeps from question to question.</summary>
internal sealed class Session(Random random, string domain)
{
    public Random Random { get; } = random;

    /// <summary>The domain of the next question.</summary>
    public string Domain { get; set; } = domain;

    public uint Id { get; } = (uint)random.NextInt64(1L << 32);

    /// <summary>Sixteen bytes that tell the victim from others.</summary>
    public byte[] MachineId { get; } = Bytes(random, 16);

    /// <summary>Data questions sent so far.</summary>
    public int Sequence { get; set; }

    /// <summary>A number that is new at each use.</summary>
    public int Counter { get; private set; }

    public int NextCounter() => Counter++;

    public byte[] Bytes(int count) => Bytes(Random, count);

    public string Text(int length, string alphabet)
    {
        var text = new char[length];
        for (var i = 0; i < length; i++) text[i] = alphabet[Random.Next(alphabet.Length)];
        return new(text);
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
