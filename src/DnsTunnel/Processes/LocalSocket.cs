using DnsTunnel.Packets;

namespace DnsTunnel.Processes;

/// <summary>One socket of this computer.</summary>
/// <param name="Address">The address it is bound to; all zeros for any.</param>
/// <param name="Owner">What leads to its process: the inode on Linux, the process id on Windows.</param>
/// <param name="User">The id of its user on Linux.</param>
internal readonly record struct LocalSocket(HostAddress Address, long Owner, uint User);
