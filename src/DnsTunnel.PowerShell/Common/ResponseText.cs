using DnsTunnel.Response;

namespace DnsTunnel.PowerShell;

/// <summary>What a response cmdlet says to people, before and after it acts.</summary>
internal static class ResponseText
{
    private const int MaxClients = 10;

    /// <summary>What would be done, as a sentence without its end.</summary>
    public static string Deed(DnsTunnelAction action, string target) => action switch
    {
        DnsTunnelAction.BlockDomain => $"Block '{target}' and every name below it",
        DnsTunnelAction.IsolateHost => $"Isolate the host '{target}'",
        DnsTunnelAction.PinResolver => $"Let the host '{target}' ask chosen resolvers only",
        DnsTunnelAction.StopProcess => $"Stop the process {target}",
        _ => $"Disable the account '{target}'",
    };

    /// <summary>What stands already.</summary>
    public static string Standing(DnsTunnelResponse response) => response.Action switch
    {
        DnsTunnelAction.BlockDomain => $"'{response.Target}' is already blocked",
        DnsTunnelAction.IsolateHost => $"The host '{response.Target}' is already isolated",
        DnsTunnelAction.PinResolver => $"The host '{response.Target}' can already ask chosen resolvers only",
        _ => $"{response.Action} of '{response.Target}' is already done",
    } + $"{Where(response.Path)} (response {response.Id}); nothing was changed.";

    /// <summary>Where it is done.</summary>
    public static string Where(string? path) => path is null ? "" : $" in '{path}'";

    /// <summary>Whom it hits, as far as the findings tell.</summary>
    public static string Clients(string[] clients) => clients.Length switch
    {
        0 => "",
        1 => $" One client asked for it: {Printable.Text(clients[0])}.",
        _ => $" {clients.Length} clients asked for it: {string.Join(", ", clients.Take(MaxClients).Select(Printable.Text))}{(clients.Length > MaxClients ? ", ..." : "")}.",
    };

    /// <summary>The exact lines, rules and commands, each in a line of its own.</summary>
    public static string Lines(IEnumerable<string> changes) => string.Concat(changes.Select(line => $"{Environment.NewLine}  {line}"));

    /// <summary>The notes of a plan, after the sentence that they belong to.</summary>
    public static string Notes(ResponsePlan plan) => string.Concat(plan.Notes.Select(note => " " + note));
}
