using System.Collections;
using DnsTunnel.Exceptions;

namespace DnsTunnel.PowerShell;

/// <summary>Completes ids and domains of exceptions; to be removed, those of the user alone.</summary>
public sealed class ExceptionCompleter : ChoiceCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound) =>
        ExceptionList.Load(BoundPath.Of(bound, nameof(ExceptionCmdlet.ExceptionPath), DefaultPaths.Exceptions)).All
            .Where(e => !e.IsBuiltIn || !command.StartsWith("Remove", StringComparison.OrdinalIgnoreCase))
            .Select(e => parameter == nameof(GetDnsTunnelExceptionCommand.Domain) ? (e.Domain, e.Reason) : (e.Id, $"{e}: {e.Reason}"))
            .Distinct();
}
