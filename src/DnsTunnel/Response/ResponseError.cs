namespace DnsTunnel.Response;

/// <summary>Why a containment action was refused or failed. The names are the error ids that users see: they stay.</summary>
internal enum ResponseError
{
    /// <summary>Not a name, or one that must not be blocked whatever is forced: the root, one label, a label that is an asterisk.</summary>
    DomainNotValid,

    /// <summary>Names are registered right below it: blocking it hits their owners too.</summary>
    DomainIsPublicSuffix,

    /// <summary>With the name of the zone behind it, it is longer than a name can be.</summary>
    DomainTooLong,

    /// <summary>The zone file already says something about the domain, and this journal did not write it.</summary>
    DomainAlreadyListed,

    /// <summary>It exists and cannot be read.</summary>
    ZoneFileNotReadable,

    /// <summary>It cannot be replaced, or its folder does not exist.</summary>
    ZoneFileNotWritable,

    /// <summary>It has content but is not a zone that can be added to.</summary>
    ZoneFileNotAZone,

    /// <summary>Another process holds it.</summary>
    ZoneFileBusy,

    /// <summary>The journal has no such id.</summary>
    ResponseNotFound,

    /// <summary>Others have changed what the action wrote, so that it cannot be taken back by removal.</summary>
    ResponseChanged,

    /// <summary>It cannot be read, or is a file of another kind.</summary>
    JournalNotReadable,

    /// <summary>It cannot be written, so nothing was done.</summary>
    JournalNotWritable,

    /// <summary>Another process holds it.</summary>
    JournalBusy,
}
