using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>One way to carry payload in names: the layout of its questions, what is asked around the data, and its natural pace.</summary>
/// <param name="Tool">The tool or malware family.</param>
/// <param name="Source">The public description of the layout.</param>
/// <param name="ChunkSize">Payload bytes in a data question.</param>
/// <param name="Data">Makes a data question.</param>
internal sealed record Encoder(string Tool, string Source, int ChunkSize, Func<Session, byte[], Question> Data)
{
    /// <summary>Tells encoders of one tool apart.</summary>
    public string Variant { get; init; } = "";

    /// <summary>What is left out together when a model is tried on tools it has not seen.</summary>
    public string Group { get; init; } = Tool;

    /// <summary>The questions before the data.</summary>
    public Func<Session, IEnumerable<Question>> Open { get; init; } = _ => [];

    /// <summary>A question without payload, which gives the server a chance to answer.</summary>
    public Func<Session, Question>? Poll { get; init; }

    public int PollsPerData { get; init; } = 1;

    public Timing Pace { get; init; } = Timing.Jittered(0.06, 0.5);

    /// <summary>Payload of the natural run.</summary>
    public int Payload { get; init; } = 6000;

    /// <summary>Payload bytes that a data question really carries.</summary>
    public double Worth { get; init; } = ChunkSize;

    /// <summary>In front of the registered domain.</summary>
    public string Zone { get; init; } = "";

    /// <summary>The registered domains of one operator that the malware goes round.</summary>
    public int Domains { get; init; } = 1;

    /// <summary>One socket for the whole run.</summary>
    public bool KeepsPort { get; init; }

    public ushort EdnsSize { get; init; }

    /// <summary>The payload is a file as it is, not compressed or encrypted.</summary>
    public bool SendsPlainText { get; init; }
}
