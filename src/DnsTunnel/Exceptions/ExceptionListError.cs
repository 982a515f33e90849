namespace DnsTunnel.Exceptions;

/// <summary>Why exceptions could not be used or changed. The names are the error ids that users see: they stay.</summary>
internal enum ExceptionListError
{
    /// <summary>Not a name of a domain.</summary>
    DomainNotValid,

    /// <summary>Names of others are registered right below it.</summary>
    DomainIsPublicSuffix,

    /// <summary>Not a regular expression that can be matched in linear time.</summary>
    NamePatternNotValid,

    /// <summary>Neither an address nor a network.</summary>
    ClientNotValid,

    /// <summary>Negative.</summary>
    BudgetNotValid,

    /// <summary>In the past.</summary>
    ExpiryNotValid,

    /// <summary>It would let more through than a shape and a small budget do.</summary>
    ExceptionTooBroad,

    /// <summary>There is one of the same domain, shape and client.</summary>
    ExceptionExists,

    /// <summary>There is none of this id.</summary>
    ExceptionNotFound,

    /// <summary>It comes with the module.</summary>
    ExceptionIsBuiltIn,

    /// <summary>The file cannot be read.</summary>
    ExceptionFileNotReadable,

    /// <summary>The file holds something else, or a part.</summary>
    ExceptionFileNotValid,

    /// <summary>The file cannot be replaced.</summary>
    ExceptionFileNotWritable,

    /// <summary>Another process holds the file.</summary>
    ExceptionFileBusy,
}
