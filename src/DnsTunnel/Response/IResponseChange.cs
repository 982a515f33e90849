namespace DnsTunnel.Response;

/// <summary>A change that is worked out and not yet made, so that the journal can be written first. Disposing frees the target.</summary>
internal interface IResponseChange : IDisposable
{
    /// <summary>The exact lines, rules or commands.</summary>
    string[] Changes { get; }

    /// <summary>Makes the change: all of it or nothing.</summary>
    void Commit();
}
