using System.Text.Json;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>What a monitor wrote with -OutFile.</summary>
internal static class AlertFile
{
    /// <summary>The findings that are there, in order.</summary>
    public static List<(string Domain, string Client, string Life, string Severity)> Read(string path)
    {
        var alerts = new List<(string, string, string, string)>();
        foreach (var line in Lines(path))
        {
            var alert = JsonDocument.Parse(line).RootElement;
            if (alert.GetProperty("event").GetProperty("kind").GetString() != "alert") continue;
            var own = alert.GetProperty("dns_tunnel");
            var client = alert.TryGetProperty("source", out var source) ? source.GetProperty("address").GetString()! : "";
            alerts.Add((alert.GetProperty("dns").GetProperty("question").GetProperty("registered_domain").GetString()!, client, own.GetProperty("life").GetString()!, own.GetProperty("severity").GetString()!));
        }

        return alerts;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (IOException)
        {
            // A monitor is writing.
            return [];
        }
    }
}
