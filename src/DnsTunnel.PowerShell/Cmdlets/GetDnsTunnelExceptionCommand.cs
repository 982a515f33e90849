using System.Management.Automation;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Get, "DnsTunnelException")]
[OutputType(typeof(DnsTunnelException))]
public sealed class GetDnsTunnelExceptionCommand : ExceptionCmdlet
{
    private ExceptionList? _list;
    private string? _listPath;

    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ExceptionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Domain { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("QueryName")]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ExceptionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    [Parameter]
    public SwitchParameter ExcludeBuiltIn { get; set; }

    protected override void ProcessRecord()
    {
        var path = FilePath();
        Attempt(path, () => Load(path));
        if (_list is not { } list || _listPath != path) return;

        foreach (var id in Id ?? [])
        {
            if (list.All.Any(e => IsId(e, id))) continue;
            var error = new ExceptionListException(ExceptionListError.ExceptionNotFound, $"There is no exception '{Printable.Text(id)}'.");
            WriteError(Errors.Exceptions(error, id));
        }
        if (Name is null) Write(list.All);
        foreach (var name in Name ?? []) Attempt(name, () => Write(list.Covering(Parse(name), DateTime.UtcNow)));
    }

    /// <summary>Once for all names that come through the pipeline.</summary>
    private void Load(string path)
    {
        if (_listPath == path) return;
        _list = ExceptionList.Load(path);
        _listPath = path;
    }

    private void Write(IEnumerable<DnsTunnelException> exceptions)
    {
        var patterns = Domain?.Select(domain => WildcardPattern.Get(domain, WildcardOptions.IgnoreCase)).ToArray();
        foreach (var exception in exceptions)
        {
            if (ExcludeBuiltIn && exception.IsBuiltIn) continue;
            if (patterns?.Any(pattern => pattern.IsMatch(exception.Domain)) == false) continue;
            if (Id?.Any(id => IsId(exception, id)) == false) continue;
            WriteObject(exception);
        }
    }

    private static bool IsId(DnsTunnelException exception, string id) => exception.Id.Equals(id, StringComparison.OrdinalIgnoreCase);

    private static byte[] Parse(string name)
    {
        var wire = new byte[DnsName.MaxWireLength];
        if (DnsName.TryParse(name, wire, out var length)) return wire[..length];
        throw new ExceptionListException(ExceptionListError.DomainNotValid, $"'{Printable.Text(name)}' is not a name.");
    }
}
