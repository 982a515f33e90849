namespace DnsTunnel;

/// <summary>How far a containment action got.</summary>
public enum DnsTunnelResponseStatus
{
    /// <summary>Written to the journal, not known to be done: the process may have died in between. Undo takes it back.</summary>
    Pending,

    /// <summary>Done and in force.</summary>
    Applied,

    /// <summary>Taken back.</summary>
    Undone,

    /// <summary>It was not done; the journal says why.</summary>
    Failed,
}
