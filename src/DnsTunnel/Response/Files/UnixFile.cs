using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DnsTunnel.Response.Files;

/// <summary>What .NET does not have for files on Unix: their owner, and a flush of the folder that makes a rename last.</summary>
internal static class UnixFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Uid = 0x8, Gid = 0x10; // STATX_UID, STATX_GID
    private const uint Unchanged = uint.MaxValue;

    /// <summary>
    /// Gives a file the owner and group of another, or at least the group. False when neither could be done. Linux only: elsewhere
    /// new files get the group of their folder and the caller as owner.
    /// </summary>
    public static bool TryCopyOwner(string from, string to)
    {
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            if (!TryGetOwner(from, out var user, out var group) || !TryGetOwner(to, out var newUser, out var newGroup)) return false;
            if (user == newUser && group == newGroup) return true;
            return ChangeOwner(to, user, group) == 0 || group == newGroup || ChangeOwner(to, Unchanged, group) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Flushes a folder to disk as far as the system allows; a rename in it then survives a power cut.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, 0);
        if (handle < 0) return;
        _ = Flush(handle);
        _ = Close(handle);
    }

    private static bool TryGetOwner(string path, out uint user, out uint group)
    {
        // struct statx is the same on every architecture: stx_uid is at byte 20, stx_gid at 24, 256 bytes in all (statx(2)).
        var status = new byte[256];
        var found = Stat(CurrentFolder, path, 0, Uid | Gid, status) == 0;
        user = ReadUInt32(status, 20);
        group = ReadUInt32(status, 24);
        return found;
    }

    private static uint ReadUInt32(byte[] status, int offset) => BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(offset))
        : BinaryPrimitives.ReadUInt32BigEndian(status.AsSpan(offset));

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Stat(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "chown")]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
