using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests;

public sealed class LockFileTests
{
    [Fact]
    public void One_has_it_at_a_time_and_nobody_else_may_open_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("lock");
        using (LockFile.Take(path)) Assert.Throws<IOException>(() => LockFile.Take(path));
        LockFile.Take(path).Dispose();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
