namespace DnsTunnel;

/// <summary>A class of names that are expected to carry information, and what speaks for and against that these names are of it.</summary>
public sealed class DnsTunnelExceptionMatch
{
    /// <summary>Identifies the exception; Get-DnsTunnelException shows it.</summary>
    public string Id { get; init; } = "";

    /// <summary>Why such names are expected.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What speaks for it.</summary>
    public string[] For { get; init; } = [];

    /// <summary>What speaks against it.</summary>
    public string[] Against { get; init; } = [];

    /// <summary>The exception, and both sides below it.</summary>
    public override string ToString() => string.Join(Environment.NewLine,
        [$"{Id}: {Reason}", .. For.Select(line => "  for: " + line), .. Against.Select(line => "  against: " + line)]);
}
