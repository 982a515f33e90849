namespace DnsTunnel.Response;

/// <summary>Why a containment action was refused or failed. The names are the error ids that users see: they stay.</summary>
internal enum ResponseError
{
    /// <summary>Not a name, or one that must not be blocked whatever is forced: the root, one label, a label that is an asterisk.</summary>
    DomainNotValid,

    /// <summary>Names are registered right below it: blocking it hits their owners too.</summary>
    DomainIsPublicSuffix,

    /// <summary>Blocking it would break what many depend on, or the network itself.</summary>
    DomainProtected,

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

    /// <summary>No provider of the name, nothing that a provider could work on, or not all that it needs.</summary>
    ProviderNotFound,

    /// <summary>A value cannot be said in the language of a command.</summary>
    ValueNotUsable,

    /// <summary>A file of ours cannot be written, read or removed, or its name is taken.</summary>
    FileNotUsable,

    /// <summary>A program could not be started or failed.</summary>
    CommandFailed,

    /// <summary>All was done and did not have the effect; it was taken back.</summary>
    ResponseNotEffective,

    /// <summary>More actions an hour than were allowed.</summary>
    ResponseLimitReached,

    /// <summary>Not an address or range.</summary>
    AddressNotValid,

    /// <summary>No process of the id that started at the time.</summary>
    ProcessNotFound,

    /// <summary>No account of the name, or one that cannot be a name.</summary>
    AccountNotFound,

    /// <summary>Acting on it would cut off or stop whoever asks for it.</summary>
    TargetProtected,

    /// <summary>Nothing on the host can end the action when its time is over.</summary>
    ExpiryNotPossible,

    /// <summary>Not with this platform, these parameters or that input.</summary>
    ActionNotPossible,

    /// <summary>It is so already, and this journal did not make it so.</summary>
    NothingToDo,

    /// <summary>What was done has no way back.</summary>
    ResponseIrreversible,
}
