using DnsTunnel.Packets;
using DnsTunnel.Processes;

namespace DnsTunnel.Volume;

/// <summary>Items, with their names, that one thread hands to another. It is used again, so that nothing is allocated for an item.</summary>
internal sealed class VolumeBatch
{
    private const int MaxItems = 1024;
    private const int MaxNameBytes = 1 << 16;

    private readonly Held[] _items = new Held[MaxItems];
    private readonly byte[] _names = new byte[MaxNameBytes];
    private int _count;
    private int _nameBytes;

    /// <summary>Copies an item; false when the batch is full.</summary>
    public bool TryAdd(in VolumeItem item)
    {
        if (_count == MaxItems || _nameBytes + item.Name.Length > MaxNameBytes) return false;
        item.Name.CopyTo(_names.AsSpan(_nameBytes));
        ref var held = ref _items[_count++];
        held.Ticks = item.Ticks;
        held.ClientAddress = item.ClientAddress;
        held.ClientName = item.ClientName;
        held.NameHash = item.NameHash;
        held.NameStart = _nameBytes;
        held.NameLength = (byte)item.Name.Length;
        held.Type = item.Type;
        held.IsNxDomain = item.IsNxDomain;
        held.QuerySize = item.QuerySize;
        held.ResponseSize = item.ResponseSize;
        held.Answer = item.Answer;
        held.Process = item.Process;
        _nameBytes += item.Name.Length;
        return true;
    }

    /// <summary>Hands on all items in the order in which they came, and is empty then.</summary>
    public void MoveTo(IVolumeSink sink)
    {
        foreach (ref var held in _items.AsSpan(0, _count))
        {
            sink.Add(new VolumeItem
            {
                Ticks = held.Ticks,
                ClientAddress = held.ClientAddress,
                ClientName = held.ClientName,
                Name = _names.AsSpan(held.NameStart, held.NameLength),
                NameHash = held.NameHash,
                Type = held.Type,
                IsNxDomain = held.IsNxDomain,
                QuerySize = held.QuerySize,
                ResponseSize = held.ResponseSize,
                Answer = held.Answer,
                Process = held.Process,
            });
        }

        Clear();
    }

    public void Clear() => (_count, _nameBytes) = (0, 0);

    private struct Held
    {
        public HostAddress ClientAddress;
        public string? ClientName;
        public AskingProcess? Process;
        public AnswerData Answer;
        public long Ticks;
        public ulong NameHash;
        public int NameStart;
        public int QuerySize;
        public int ResponseSize;
        public ushort Type;
        public byte NameLength;
        public bool IsNxDomain;
    }
}
