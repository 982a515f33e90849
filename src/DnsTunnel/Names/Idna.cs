using System.Globalization;

namespace DnsTunnel.Names;

/// <summary>Internationalised labels.</summary>
internal static class Idna
{
    // Names of services have underscores, and a host's Unicode tables may be older than a registry's.
    private static readonly IdnMapping s_mapping = new() { UseStd3AsciiRules = false, AllowUnassigned = true };

    /// <summary>The A-label form (RFC 5890, section 2.3.2.1) of a label or of a name without escapes; null when it has none.</summary>
    public static string? ToAscii(string text)
    {
        try
        {
            // Hosts in invariant globalization mode encode but do not map, so that capital letters have to be lowered here.
            return s_mapping.GetAscii(text.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
