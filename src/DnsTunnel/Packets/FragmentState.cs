namespace DnsTunnel.Packets;

internal enum FragmentState
{
    Collecting,

    /// <summary>The first fragment showed that it is not DNS.</summary>
    Ignored,

    /// <summary>It can not be put together any more.</summary>
    Dropped,

    /// <summary>Delivered; kept for a moment so that duplicates do not start it anew.</summary>
    Done,
}
