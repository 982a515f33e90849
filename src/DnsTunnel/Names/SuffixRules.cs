namespace DnsTunnel.Names;

/// <summary>What the public suffix list says of one suffix.</summary>
[Flags]
internal enum SuffixRules : byte
{
    /// <summary>Nothing: it is only the parent of others.</summary>
    None = 0,

    /// <summary>It is a public suffix.</summary>
    Suffix = 1,

    /// <summary>Every name one label longer is a public suffix.</summary>
    Wildcard = 2,

    /// <summary>It is not a public suffix although a wildcard says so.</summary>
    Exception = 4,

    /// <summary>There are longer rules below it.</summary>
    Parent = 8,
}
