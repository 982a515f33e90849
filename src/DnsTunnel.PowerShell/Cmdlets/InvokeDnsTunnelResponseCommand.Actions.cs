using DnsTunnel.Names;
using DnsTunnel.Response;
using DnsTunnel.Response.Accounts;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Expiry;
using DnsTunnel.Response.Hosts;
using DnsTunnel.Response.Processes;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

public sealed partial class InvokeDnsTunnelResponseCommand
{
    private static readonly TimeSpan s_isolation = TimeSpan.FromHours(1);

    private readonly List<ResponsePlace> _places = [];
    private readonly Dictionary<ResponsePlace, IResponseProvider> _domainProviders = [];
    private readonly HashSet<int> _stopped = [];
    private ResponseRun _run = null!;
    private IsolationOptions _isolation = null!;

    private DnsTunnelPlatform ScriptPlatform => Platform ?? (OperatingSystem.IsWindows() ? DnsTunnelPlatform.Windows : DnsTunnelPlatform.Linux);

    private void RequireParameters()
    {
        var isBlock = Action == DnsTunnelAction.BlockDomain;
        Require(ParameterSetName != DomainSet || isBlock, "-Domain is for BlockDomain.");
        Require(ParameterSetName != ProcessSet || Action == DnsTunnelAction.StopProcess, "-ProcessId is for StopProcess.");
        Require(ParameterSetName != AccountSet || Action == DnsTunnelAction.DisableAccount, "-Account is for DisableAccount.");
        Require(Action != DnsTunnelAction.PinResolver || Resolver.Length > 0, "PinResolver needs -Resolver: the resolvers that stay.");
        Require(ExpiresAfter is null || Action != DnsTunnelAction.StopProcess, "A process that was stopped does not come back: StopProcess does not expire.");
        Require(Action != DnsTunnelAction.IsolateHost || ExpiresAfter is null || ExpiresAfter > TimeSpan.Zero || Force,
            "An isolation that never ends by itself can cut off whoever has to end it: -ExpiresAfter 0 needs -Force.");
        Require(ExpiresAfter is null || ExpiresAfter >= TimeSpan.Zero, "-ExpiresAfter cannot be negative.");
        Require(Platform is null || AsScript, "-Platform is for -AsScript.");
        Require(!AsScript || (Session.Length == 0 && ComputerName.Length == 0), "-AsScript acts nowhere: leave -Session and -ComputerName out.");
        Require(isBlock || AsScript || Session.Length > 0 || ComputerName.Length > 0 || OperatingSystem.IsWindows() || OperatingSystem.IsLinux(),
            $"{Action} is for Windows and Linux.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new ResponseException(ResponseError.ActionNotPossible, message);
    }

    private void Add(ResponsePlace place)
    {
        if (Action == DnsTunnelAction.BlockDomain)
            _domainProviders[place] = DomainProvider.Choose(Provider, DomainOptions(place), AsScript ? ScriptPlatform : place.Platform, AsScript ? null : place.Runner, StopToken);
        _places.Add(place);
    }

    private DomainProviderOptions DomainOptions(ResponsePlace place) => new()
    {
        ZoneFile = ZoneFile is null ? null : FileArgument.Resolve(this, ZoneFile),
        ZoneName = ZoneName,
        Reload = Reload,
        // On another host, only that host knows what a path leads to.
        ControlConfiguration = IsHere(place) && ControlConfiguration is not null ? FileArgument.Resolve(this, ControlConfiguration) : ControlConfiguration,
        ConfigurationFolder = IsHere(place) && ConfigurationFolder is not null ? FileArgument.Resolve(this, ConfigurationFolder) : ConfigurationFolder,
        IsLocal = IsHere(place),
        Resolvers = Resolver,
    };

    private bool IsHere(ResponsePlace place) => place.IsLocal && !AsScript;

    private IsolationOptions IsolationOptions() => new()
    {
        Resolvers = [.. Resolver.Select(r => new AddressRange(r.Address).Address).Distinct()],
        Allowed = [.. AllowAddress.Select(AddressRange.Parse).Distinct()],
        Management = AsScript ? null : [],
        Platform = ScriptPlatform,
    };

    private void Block(string text, FindingObject? finding)
    {
        var domain = BlockedDomain.Parse(text, PublicSuffixList.Default, Force);
        if (!Force) ProtectedDomains.Default.Refuse(domain);
        foreach (var place in _places) Act(place, _domainProviders[place], Request(new ResponseRequest(domain) { Sinkhole = Sinkhole }, place, finding), Collateral(domain));
    }

    private void Isolate(FindingObject? finding)
    {
        foreach (var place in _places)
        {
            if (place.IsLocal && !AsScript && !Force && finding is { Clients.Length: > 0 }) OwnAddresses.Require(finding.Clients);
            var options = AsScript ? _isolation : _isolation with { Platform = place.Platform, IsLocal = place.IsLocal, Management = place.Facts.Management };
            IResponseProvider provider = options.Platform == DnsTunnelPlatform.Windows ? new FirewallProvider(options) : new NftProvider(options);
            var target = AsScript ? "the host that runs this" : place.Facts.Name;
            Act(place, provider, Request(new ResponseRequest(Action, target), place, finding), "");
        }
    }

    private void Stop(ProcessInput input, FindingObject? finding)
    {
        foreach (var place in _places)
        {
            if (place.IsLocal && !AsScript && !Force && OwnProcesses.Contains(input.Id))
                throw new ResponseException(ResponseError.TargetProtected, $"The process {input.Id} runs this command, or the system.");
            if (place.IsLocal && !_stopped.Add(input.Id)) continue;
            Require(!AsScript || input.Started is not null, "A script needs -StartTime, by which it knows the process.");
            if (!AsScript && Stopped(place, input) is { } standing)
            {
                _run.WriteStanding(standing);
                continue;
            }
            var process = AsScript
                ? new ProcessIdentity(input.Id, input.Started!.Value.ToUniversalTime())
                : ProcessIdentity.Find(place.Runner, place.Platform, input.Id, input.Started, StopToken);
            if (input.SeenAt is { } seen && process.Started > seen.ToUniversalTime().AddSeconds(2))
                throw new ResponseException(ResponseError.ProcessNotFound, $"The process {input.Id} started after it is said to have asked: the id has been used again.");
            Act(place, new ProcessProvider(process, AsScript ? ScriptPlatform : place.Platform), Request(new ResponseRequest(Action, process.Target), place, finding), "");
        }
    }

    /// <summary>The response that stopped a process already: it is not there any more to be asked for its start.</summary>
    private DnsTunnelResponse? Stopped(ResponsePlace place, ProcessInput input) => input.Started is not { } started ? null
        : ReadJournal(Journal).Responses.LastOrDefault(r => r is { Action: DnsTunnelAction.StopProcess, Status: DnsTunnelResponseStatus.Applied } &&
            r.ComputerName == place.ComputerName && ProcessIdentity.IsTarget(r.Target, input.Id, started));

    private void Disable(string account)
    {
        foreach (var place in _places)
        {
            var platform = AsScript ? ScriptPlatform : place.Platform;
            var name = AccountName.Parse(account, platform);
            if (place.IsLocal && !AsScript && !Force && OwnAccounts.Contains(name))
                throw new ResponseException(ResponseError.TargetProtected, $"'{Printable.Text(name)}' runs this command, or the system.");
            // What is standing already is found by its name, before the account is looked at.
            var before = AsScript ? null : AccountState.Read(place.Runner, platform, name, StopToken);
            var provider = new AccountProvider(name, platform, before, AsScript ? [] : place.Facts.Accounts);
            Act(place, provider, Request(new ResponseRequest(Action, Ascii(name)), place, null), "");
        }
    }

    private ResponseRequest Request(ResponseRequest request, ResponsePlace place, FindingObject? finding) => request with
    {
        ComputerName = place.ComputerName,
        ExpiresAfter = Expiry(),
        MaxPerHour = Force ? null : MaxPerHour,
        Score = finding?.Score,
        Reasons = finding?.Reasons ?? [],
        Clients = finding?.Clients ?? [],
    };

    private TimeSpan? Expiry() =>
        ExpiresAfter is not null ? (ExpiresAfter > TimeSpan.Zero ? ExpiresAfter : null)
        : Action == DnsTunnelAction.IsolateHost ? s_isolation
        : null;

    private void Act(ResponsePlace place, IResponseProvider provider, ResponseRequest request, string warning)
    {
        if (AsScript)
        {
            WriteObject(Script(provider, request));
            return;
        }
        var journal = Journal;
        ReadJournal(journal);
        _run.Act(journal, place, provider, request, warning);
    }

    private string Script(IResponseProvider provider, ResponseRequest request)
    {
        var isWindows = ScriptPlatform == DnsTunnelPlatform.Windows;
        if (request.ExpiresAfter is not null) provider = new ExpiringProvider(provider, isWindows ? TimerKind.ScheduledTask : TimerKind.AnyOfLinux, null);
        return ScriptFile.Write(provider.Plan(request), request, isWindows ? ScriptLanguage.PowerShell : ScriptLanguage.Shell);
    }

    private static string Ascii(string name) => string.Concat(name.Select(c => char.IsAscii(c) ? $"{c}" : $"\\u{(int)c:X4}"));

    private static string Collateral(BlockedDomain domain) =>
        domain.IsPublicSuffix ? " It is a public suffix: every domain that anybody registered below it is blocked too."
        : ProtectedDomains.Default.WhatBreaks(domain) is { } breaks ? $" It is protected; without it, this stops working: {breaks}."
        : "";
}
