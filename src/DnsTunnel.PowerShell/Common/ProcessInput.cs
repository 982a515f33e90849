using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>The process that an object names.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it started; null when the object does not tell.</param>
/// <param name="SeenAt">When it was seen with that id; one that started later is another one.</param>
internal readonly record struct ProcessInput(int Id, DateTime? Started, DateTime? SeenAt)
{
    /// <summary>Of what Get-Process emits, of a query with ProcessId, or of another object with ProcessId and perhaps StartTime; null for others.</summary>
    public static ProcessInput? From(PSObject? item)
    {
        if (item is null) return null;
        if (item.BaseObject is Process process) return new(process.Id, StartTime(process), null);
        if (ObjectProperties.Value(item, "ProcessId") is not { } id || !int.TryParse(Convert.ToString(id, CultureInfo.InvariantCulture), out var number)) return null;
        return new(number, ObjectProperties.Value(item, "StartTime") as DateTime?, ObjectProperties.Value(item, "Timestamp") as DateTime?);
    }

    private static DateTime? StartTime(Process process)
    {
        try
        {
            return process.StartTime.ToUniversalTime();
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
