namespace DnsTunnel.Models;

/// <summary>A model file as it is written.</summary>
internal sealed record ModelDocument
{
    public string? Format { get; init; }

    public int Version { get; init; }

    public double Intercept { get; init; }

    public Feature[]? Features { get; init; }

    public ModelTraining? Training { get; init; }

    internal sealed record Feature
    {
        public string? Name { get; init; }

        public double[]? Values { get; init; }

        public double[]? Contributions { get; init; }
    }
}
