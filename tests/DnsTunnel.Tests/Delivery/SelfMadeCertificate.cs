using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DnsTunnel.Tests.Delivery;

/// <summary>A certificate for a name or address that nobody vouches for, and the file that makes it trusted.</summary>
internal sealed class SelfMadeCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    public SelfMadeCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows wants a key that lies in a store.
        Certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        PemKey = key.ExportPkcs8PrivateKeyPem();
        File.WriteAllText(KeyFile, PemKey);
        File.WriteAllText(PemFile, certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    public string PemFile => Path.Combine(_folder, "ca.pem");

    /// <summary>A file with the key.</summary>
    public string KeyFile => Path.Combine(_folder, "key.pem");

    /// <summary>The key in PEM, for servers of others.</summary>
    public string PemKey { get; }

    public void Dispose()
    {
        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
