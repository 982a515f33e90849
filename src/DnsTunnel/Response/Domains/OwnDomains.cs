using System.Net.NetworkInformation;

namespace DnsTunnel.Response.Domains;

/// <summary>The zones of the network that this computer is in, as its configuration tells them.</summary>
internal static class OwnDomains
{
    private const string ResolverConfiguration = "/etc/resolv.conf";

    /// <summary>The search domains, the domain of the computer, and its full name.</summary>
    public static IEnumerable<string> Read()
    {
        var domain = Try(() => IPGlobalProperties.GetIPGlobalProperties().DomainName) ?? "";
        var host = Try(() => IPGlobalProperties.GetIPGlobalProperties().HostName) ?? "";
        var lines = OperatingSystem.IsWindows() ? [] : Try(() => File.ReadAllLines(ResolverConfiguration)) ?? [];
        var suffixes = Try(() => NetworkInterface.GetAllNetworkInterfaces().Select(i => i.GetIPProperties().DnsSuffix).ToArray()) ?? [];
        // A single label ("localdomain" apart) is no zone that could be blocked, but "(none)" is what some systems have for nothing.
        return Search(lines).Concat(suffixes).Append(domain).Append(host).Where(name => name.Length > 0 && !name.Contains('(')).Distinct();
    }

    /// <summary>The domains of the lines "search" and "domain" (resolv.conf(5)).</summary>
    public static IEnumerable<string> Search(IEnumerable<string> lines) => lines
        .Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is ["search" or "domain", ..])
        .SelectMany(words => words[1..])
        .Where(name => name != ".");

    private static T? Try<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is NetworkInformationException or PlatformNotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
