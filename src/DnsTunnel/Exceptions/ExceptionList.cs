using DnsTunnel.Names;

namespace DnsTunnel.Exceptions;

/// <summary>The exceptions in force, by registered domain. It does not change.</summary>
internal sealed class ExceptionList
{
    private const string FileName = "exceptions.json";

    // PublicationOnly: a failure is not kept, so that the session goes on once the file is back.
    private static readonly Lazy<ExceptionRule[]> s_builtInRules = new(ReadBuiltIn, LazyThreadSafetyMode.PublicationOnly);
    private static readonly Lazy<ExceptionList> s_builtIn = new(() => new ExceptionList([], PublicSuffixList.Default), LazyThreadSafetyMode.PublicationOnly);

    private readonly Dictionary<ulong, ExceptionRules> _byDomain = [];
    private readonly ExceptionRule[] _anywhere;
    private readonly ExceptionRules?[] _anywhereByLength = new ExceptionRules?[DnsName.MaxWireLength + 1];
    private readonly PublicSuffixList _suffixes;

    /// <param name="user">The user's exceptions.</param>
    /// <param name="suffixes">Which domains are registered.</param>
    public ExceptionList(IReadOnlyCollection<ExceptionRule> user, PublicSuffixList suffixes)
    {
        _suffixes = suffixes;
        ExceptionRule[] rules =
        [
            .. user.OrderByDescending(rule => rule.Domain.Length).ThenByDescending(rule => rule.Exception.Client is not null)
                .ThenByDescending(rule => rule.Exception.NamePattern is not null),
            .. s_builtInRules.Value.OrderByDescending(rule => rule.Domain.Length),
        ];
        All = [.. rules.Select(rule => rule.Exception)];
        _anywhere = [.. rules.Where(rule => rule.IsAnywhere)];
        foreach (var domain in rules.Where(rule => !rule.IsAnywhere).GroupBy(rule => NameHash.OfLower(RegisteredDomain(rule.Domain))))
        {
            ExceptionRule[] own = [.. domain];
            _byDomain[domain.Key] = new ExceptionRules(own, _anywhere, RegisteredDomain(own[0].Domain).Length);
        }
    }

    /// <summary>Those that come with the module, loaded at first use.</summary>
    /// <exception cref="FileNotFoundException">Their file is missing.</exception>
    /// <exception cref="InvalidDataException">Their file is broken.</exception>
    public static ExceptionList BuiltIn => s_builtIn.Value;

    /// <summary>All of them, expired ones too: the user's first, longer domains before shorter.</summary>
    public IReadOnlyList<DnsTunnelException> All { get; }

    /// <summary>The built-in exceptions and the user's.</summary>
    /// <param name="path">The user's file; there need not be one.</param>
    /// <exception cref="ExceptionListException">The user's file cannot be read, or holds something else.</exception>
    /// <exception cref="FileNotFoundException">The file of the built-in ones is missing.</exception>
    /// <exception cref="InvalidDataException">The file of the built-in ones is broken.</exception>
    public static ExceptionList Load(string path)
    {
        var user = new ExceptionFile(path).ReadRules(PublicSuffixList.Default);
        return user.Length == 0 ? BuiltIn : new ExceptionList(user, PublicSuffixList.Default);
    }

    /// <summary>The exceptions that names of a registered domain can fall under. To be kept by the caller; allocates at most once a length of domains.</summary>
    /// <param name="lowerRegisteredDomain">In wire form and lower case; the root for names that have no registered domain.</param>
    /// <returns>Null when there are none.</returns>
    public ExceptionRules? For(ReadOnlySpan<byte> lowerRegisteredDomain)
    {
        if (_byDomain.TryGetValue(NameHash.OfLower(lowerRegisteredDomain), out var rules)) return rules;
        if (_anywhere.Length == 0 || lowerRegisteredDomain.Length >= _anywhereByLength.Length) return null;
        return _anywhereByLength[lowerRegisteredDomain.Length] ??= new ExceptionRules([], _anywhere, lowerRegisteredDomain.Length);
    }

    /// <summary>The exceptions that cover a name whoever asks for it, the one in force first.</summary>
    /// <param name="wire">The name in wire form.</param>
    /// <param name="utc">When it is asked for.</param>
    public IEnumerable<DnsTunnelException> Covering(ReadOnlySpan<byte> wire, DateTime utc)
    {
        var lower = new byte[wire.Length];
        DnsName.ToLower(wire, lower);
        return For(RegisteredDomain(lower))?.MatchAll(lower, utc) ?? [];
    }

    private ReadOnlySpan<byte> RegisteredDomain(ReadOnlySpan<byte> lower) => _suffixes.RegisteredDomainOffset(lower) switch
    {
        // As volumes are counted: a name without a registered domain stands under the root.
        < 0 => lower[^1..],
        var offset => lower[offset..],
    };

    private static ExceptionRule[] ReadBuiltIn()
    {
        var path = DataFile.PathOf(FileName);
        try
        {
            return [.. ExceptionText.Read(File.ReadAllBytes(path))
                .Select(exception => ExceptionRuleParser.ParseBuiltIn(exception with { IsBuiltIn = true }, PublicSuffixList.Default))];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"The built-in exceptions '{path}' are missing. Reinstall the DnsTunnel module.", path, exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or ExceptionListException)
        {
            throw new InvalidDataException($"The built-in exceptions '{path}' are broken. {exception.Message} Reinstall the DnsTunnel module.", exception);
        }
    }
}
