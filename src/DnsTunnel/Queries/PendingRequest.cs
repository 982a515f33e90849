using DnsTunnel.Packets;
using DnsTunnel.Processes;

namespace DnsTunnel.Queries;

/// <summary>A request that waits for its answer, or was answered a moment ago.</summary>
internal struct PendingRequest
{
    private byte[] _name;
    private int _nameLength;

    public RequestKey Key;
    public HostAddress Server;
    public long Ticks;
    public int Size;
    public ushort Class;
    public bool IsAnswered;

    /// <summary>Who asked, in live captures that tell.</summary>
    public AskingProcess? Process;

    /// <summary>The next request with the same place in the hash table, or -1.</summary>
    public int Next;

    /// <summary>The bytes stay allocated with the slot: no allocation a request once the ring went round.</summary>
    public ReadOnlySpan<byte> Name
    {
        readonly get => _name.AsSpan(0, _nameLength);
        set
        {
            if (_name is null || _name.Length < value.Length) _name = new byte[Math.Max(64, value.Length)];
            value.CopyTo(_name);
            _nameLength = value.Length;
        }
    }
}
