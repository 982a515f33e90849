namespace DnsTunnel.Tests.Limits;

/// <summary>A disk that is full, or may not be written, costs what is being written and nothing that was there; and it goes on after.</summary>
public sealed class DiskTests
{
    public static TheoryData<string, DiskTrouble> Cases()
    {
        var cases = new TheoryData<string, DiskTrouble>();
        foreach (var file in KeptFile.All)
        {
            foreach (var trouble in Enum.GetValues<DiskTrouble>()) cases.Add(file.Name, trouble);
        }

        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_was_there_stays_and_it_goes_on_after(string name, DiskTrouble trouble)
    {
        var file = KeptFile.All.Single(f => f.Name == name);
        using var disk = new SmallDisk();
        file.Add(disk.Folder, 1);
        disk.Break(trouble);
        try
        {
            var exception = Record.Exception(() => file.Add(disk.Folder, 2));
            Assert.True(exception is not null && file.IsExpected(exception), $"{exception}");
        }
        finally
        {
            disk.Mend(trouble);
        }

        Assert.Equal(1, file.Count(disk.Folder));
        file.Add(disk.Folder, 3);
        Assert.Equal(2, file.Count(disk.Folder));
    }
}
