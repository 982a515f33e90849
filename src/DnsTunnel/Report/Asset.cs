using System.Security.Cryptography;
using System.Text;

namespace DnsTunnel.Report;

/// <summary>A script or style sheet that stands in the report itself, and the hash by which the policy lets it in.</summary>
internal sealed class Asset
{
    private Asset(string text)
    {
        Text = text;
        Hash = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    public string Text { get; }

    /// <summary>A source expression of Content Security Policy Level 3 (2.3.1).</summary>
    public string Hash { get; }

    public static Asset Read(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"DnsTunnel.Report.Assets.{name}")
            ?? throw new InvalidOperationException($"The assembly lacks '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser hashes what its parser made of it: line ends are one character there.
        return new Asset(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
