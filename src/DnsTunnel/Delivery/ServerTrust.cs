using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DnsTunnel.Delivery;

/// <summary>Whom to believe that a receiver is who it says: the system's authorities, or those of a file instead.</summary>
internal sealed class ServerTrust : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];

    /// <summary>The authorities of a file: PEM with one or more certificates, or one in DER.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">There is no certificate in it.</exception>
    public static ServerTrust Read(string path)
    {
        var trust = new ServerTrust();
        var content = File.ReadAllBytes(path);
        if (content.AsSpan().IndexOf("-----BEGIN CERTIFICATE-----"u8) >= 0) trust._authorities.ImportFromPem(System.Text.Encoding.UTF8.GetString(content));
        else trust._authorities.Add(new X509Certificate2(content));
        return trust;
    }

    /// <summary>The name of the host must be right in any case; the chain must end at one of the authorities.</summary>
    public bool Verify(object _, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        // Authorities of one's own seldom publish lists of what they revoked.
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) own.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var leaf = new X509Certificate2(certificate);
        return own.Build(leaf);
    }

    public void Dispose()
    {
        foreach (var certificate in _authorities) certificate.Dispose();
    }
}
