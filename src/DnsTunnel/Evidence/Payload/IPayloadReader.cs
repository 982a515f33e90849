namespace DnsTunnel.Evidence.Payload;

/// <summary>Reads the names of one tunnel, in the order of time, and puts together what they carry.</summary>
internal interface IPayloadReader
{
    /// <summary>Put together so far.</summary>
    PayloadContent Content { get; }

    /// <summary>What can be said of all names; null for nothing.</summary>
    string? Note { get; }

    /// <summary>Null for a name that is not written so.</summary>
    /// <param name="labels">In wire form, without the labels of the tunnel's zone.</param>
    PayloadPart? Read(ReadOnlySpan<byte> labels);
}
