using System.Globalization;

namespace DnsTunnel.Response.Processes;

/// <summary>Processes without which nobody would be left to ask, or no system.</summary>
internal static class OwnProcesses
{
    private const int LastOfSystem = 4;

    /// <summary>This one, those above it, and the first ones of the system.</summary>
    public static bool Contains(int id) => id <= (OperatingSystem.IsWindows() ? LastOfSystem : 1) || Ancestors().Contains(id);

    private static IEnumerable<int> Ancestors()
    {
        for (var id = Environment.ProcessId; id > 1; id = Parent(id)) yield return id;
    }

    private static int Parent(int id)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{id}/stat");
            // The name, in parentheses, can hold anything: state and parent come after its end.
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
