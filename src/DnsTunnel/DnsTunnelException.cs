using System.Text.Json.Serialization;

namespace DnsTunnel;

/// <summary>
/// Names that are expected to carry information: those under a domain whose part left of it has a given shape. They are not counted
/// until they have carried more than a number of bytes a day and client; names of other shapes are judged as always.
/// </summary>
public sealed record DnsTunnelException
{
    /// <summary>Identifies the exception; what Remove-DnsTunnelException takes.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>
    /// The domain whose names are meant, in lower case. Of built-in exceptions also <c>*</c>, every registered domain, for names with an
    /// underscored label (RFC 8552), and <c>.</c>, names that have no registered domain.
    /// </summary>
    public string Domain { get; init; } = string.Empty;

    /// <summary>
    /// The shape: a regular expression that must match the whole text left of the domain, letter case ignored; null for every name.
    /// It is matched in time linear in the length of the name (RegexOptions.NonBacktracking).
    /// </summary>
    public string? NamePattern { get; init; }

    /// <summary>Bytes of information that such names may carry a day (UTC) and client before they count; 0: all count.</summary>
    public long BudgetBytes { get; init; }

    /// <summary>From when on it does not apply, UTC; null: never.</summary>
    public DateTime? Expires { get; init; }

    /// <summary>Why such names are expected.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Where that is written down.</summary>
    public string? Source { get; init; }

    /// <summary>The address or network (CIDR) of the clients it applies to; null: all.</summary>
    public string? Client { get; init; }

    /// <summary>When it was made, UTC; null for built-in ones.</summary>
    public DateTime? Created { get; init; }

    /// <summary>The account that made it; null for built-in ones.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Whether it comes with the module.</summary>
    [JsonIgnore]
    public bool IsBuiltIn { get; init; }

    /// <summary>The file that holds it; null for built-in ones.</summary>
    [JsonIgnore]
    public string? ExceptionPath { get; init; }

    /// <summary>Whether it has ceased to apply.</summary>
    [JsonIgnore]
    public bool IsExpired => IsExpiredAt(DateTime.UtcNow);

    /// <summary>The domain, with the shape when there is one.</summary>
    public override string ToString() => NamePattern is null ? Domain : $"{Domain} ({NamePattern})";

    internal bool IsExpiredAt(DateTime utc) => Expires <= utc;
}
