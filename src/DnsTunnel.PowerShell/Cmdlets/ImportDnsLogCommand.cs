using System.Management.Automation;
using DnsTunnel.Logs;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsData.Import, "DnsLog", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DnsQuery))]
public sealed partial class ImportDnsLogCommand : QueryInputCmdlet
{
    [Parameter]
    [ArgumentCompleter(typeof(LogFormatCompleter))]
    [ValidateLogFormat]
    public string? Format { get; set; }

    [Parameter]
    [TimeZoneTransformation]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNull]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Wait { get; set; }

    private protected override QueryFileOptions FileOptions => new()
    {
        Kinds = QueryFileKinds.Log,
        Log = new DnsLogOptions { Format = Format is null ? null : DnsLogFormat.Find(Format), TimeZone = TimeZone },
        Follows = Wait,
    };

    private protected override TimeZoneInfo ObjectTimeZone => TimeZone;

    private protected override void TakeQuery(DnsQuery query) => WriteObject(query);

    private protected override void ReadPaths(string[] paths, bool literal)
    {
        if (!Wait)
        {
            WriteQueries(paths, literal);
            return;
        }

        var files = paths.SelectMany(path => Resolve(path, literal)).Take(2).ToArray();
        if (files.Length > 1) ThrowTerminatingError(Errors.OneFileToFollow(files[1]));
        WriteQueries(files, literal: true);
    }
}
