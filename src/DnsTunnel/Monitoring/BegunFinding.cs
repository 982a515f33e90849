namespace DnsTunnel.Monitoring;

/// <summary>A finding that is being told.</summary>
internal sealed class BegunFinding
{
    /// <summary>As receivers know it.</summary>
    public string Id { get; set; } = "";

    /// <summary>When the telling began, UTC.</summary>
    public DateTime Time { get; set; }

    /// <summary>What is noted when it was told.</summary>
    public ToldFinding Finding { get; set; } = new();
}
