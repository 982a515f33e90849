using System.Globalization;

namespace DnsTunnel.Processes;

/// <summary>Names of users by /etc/passwd; users of directory services are known by their number.</summary>
internal sealed class LinuxUsers(string passwd = "/etc/passwd")
{
    private readonly Lazy<Dictionary<uint, string>> _names = new(() => Read(passwd));

    public string NameOf(uint id) => _names.Value.TryGetValue(id, out var name) ? name : id.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<uint, string> Read(string passwd)
    {
        var names = new Dictionary<uint, string>();
        try
        {
            foreach (var line in File.ReadLines(passwd))
            {
                var fields = line.Split(':');
                if (fields.Length > 2 && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) names.TryAdd(id, fields[0]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Numbers are told then.
        }

        return names;
    }
}
