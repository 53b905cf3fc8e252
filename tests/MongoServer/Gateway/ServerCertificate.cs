using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SessionAuth.MongoServer.Gateway;

/// <summary>A certificate for this machine, signed by a certificate authority of its own.</summary>
internal static class ServerCertificate
{
    /// <summary>Makes both and writes the authority's certificate to a file for its clients.</summary>
    public static async Task<X509Certificate2> Make(string authorityFile)
    {
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authority = new(
            "CN=SessionAuth test authority",
            authorityKey,
            HashAlgorithmName.SHA256
        );
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authority.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true)
        );
        DateTimeOffset from = DateTimeOffset.UtcNow.AddHours(-1);
        DateTimeOffset to = from.AddDays(1);
        using X509Certificate2 signer = authority.CreateSelfSigned(from, to);

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest server = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = server.Create(
            signer,
            from,
            to,
            RandomNumberGenerator.GetBytes(16)
        );

        await File.WriteAllTextAsync(authorityFile, signer.ExportCertificatePem());
        return signed.CopyWithPrivateKey(key);
    }
}
