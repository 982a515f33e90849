using DnsTunnel.Packets;
using DnsTunnel.Processes;

namespace DnsTunnel.Queries;

/// <summary>A request that waits for its answer, or was answered a moment ago.</summary>
internal struct PendingRequest
{
    public RequestKey Key;
    public HostAddress Server;
    public long Ticks;
    public int Size;
    public ushort Class;
    public bool IsAnswered;

    /// <summary>Its name is in a <see cref="NameRing"/>.</summary>
    public byte NameLength;

    /// <inheritdoc cref="NameLength"/>
    public long NamePlace;

    /// <summary>Who asked, in live captures that tell.</summary>
    public AskingProcess? Process;
}
