using System.Text.Json;
using DnsTunnel.Detection;

namespace DnsTunnel.Models;

/// <summary>Models as JSON text: to be read and compared, and nothing but numbers is loaded.</summary>
internal static class ModelFile
{
    private const string Format = "DnsTunnel model";
    private const int Version = 1;
    private const int MaxBytes = 4 << 20;
    private const int MaxPoints = 1024;

    /// <exception cref="InvalidDataException">It is no model, or a broken one; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static TunnelModel Read(string path)
    {
        if (new FileInfo(path).Length > MaxBytes) throw new InvalidDataException("it is too large for a model");
        return Parse(File.ReadAllBytes(path));
    }

    /// <exception cref="InvalidDataException">It is no model, or a broken one; the message says where.</exception>
    public static TunnelModel Parse(ReadOnlySpan<byte> json)
    {
        ModelDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, ModelJson.Default.ModelDocument);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"it is no JSON of a model (line {exception.LineNumber + 1}, '{exception.Path}')", exception);
        }

        if (document?.Format != Format) throw new InvalidDataException($"its format is not '{Format}'");
        if (document.Version != Version) throw new InvalidDataException($"it has version {document.Version}; this module reads version {Version}");
        if (!double.IsFinite(document.Intercept)) throw new InvalidDataException("its intercept is no number");
        var shapes = (document.Features ?? []).Select(Shape).ToList();
        if (shapes.Count == 0) throw new InvalidDataException("it has no features");
        if (shapes.DistinctBy(s => s.Feature).Count() != shapes.Count) throw new InvalidDataException("it has a feature twice");
        return new TunnelModel(document.Intercept, shapes, document.Training ?? new ModelTraining());
    }

    public static byte[] Write(TunnelModel model) => JsonSerializer.SerializeToUtf8Bytes(
        new ModelDocument
        {
            Format = Format,
            Version = Version,
            Intercept = model.Intercept,
            Features = [.. model.Shapes.Select(s => new ModelDocument.Feature { Name = s.Feature.ToString(), Values = s.Values.ToArray(), Contributions = s.Contributions.ToArray() })],
            Training = model.Training,
        },
        ModelJson.Default.ModelDocument);

    private static ShapeFunction Shape(ModelDocument.Feature feature)
    {
        if (!Enum.TryParse<TunnelFeatureKind>(feature.Name, out var kind) || kind.ToString() != feature.Name)
        {
            throw new InvalidDataException($"this module does not measure its feature '{Printable.Text(feature.Name ?? string.Empty)}'");
        }

        var (values, contributions) = (feature.Values ?? [], feature.Contributions ?? []);
        if (values.Length is 0 or > MaxPoints || values.Length != contributions.Length) throw new InvalidDataException($"its feature {kind} has {values.Length} values and {contributions.Length} contributions");
        if (!values.All(double.IsFinite) || !contributions.All(double.IsFinite)) throw new InvalidDataException($"its feature {kind} has what is no number");
        if (values.Zip(values.Skip(1)).Any(pair => pair.First >= pair.Second)) throw new InvalidDataException($"the values of its feature {kind} do not rise");
        return new ShapeFunction(kind, values, contributions);
    }
}
