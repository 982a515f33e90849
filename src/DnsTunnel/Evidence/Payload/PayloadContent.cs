namespace DnsTunnel.Evidence.Payload;

/// <summary>The bytes that a tunnel carried, the first of them kept.</summary>
internal sealed class PayloadContent
{
    public const int MaxBytes = 1 << 20;

    private readonly List<byte> _bytes = [];

    /// <summary>All of them, kept or not.</summary>
    public long Length { get; private set; }

    public byte[] ToArray() => [.. _bytes];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        _bytes.AddRange(bytes[..Math.Min(bytes.Length, MaxBytes - _bytes.Count)]);
    }
}
