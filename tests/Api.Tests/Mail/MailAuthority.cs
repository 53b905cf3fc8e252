using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>A test certificate authority, and a certificate that it signs.</summary>
internal static class MailAuthority
{
    /// <summary>Writes <c>authority.pem</c>, the certificate to trust, and <c>server.pem</c>, the server's certificate and key.</summary>
    /// <param name="directory">The directory to write to.</param>
    /// <param name="host">The host name of the certificate.</param>
    public static void Make(string directory, string host)
    {
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authority = new(
            "CN=SessionAuth test authority for mails",
            authorityKey,
            HashAlgorithmName.SHA256
        );
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        DateTimeOffset from = TimeProvider.System.GetUtcNow().AddHours(-1);
        using X509Certificate2 signer = authority.CreateSelfSigned(from, from.AddDays(1));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest server = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        server.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = server.Create(
            signer,
            from,
            from.AddDays(1),
            RandomNumberGenerator.GetBytes(16)
        );

        File.WriteAllText(Path.Combine(directory, "authority.pem"), signer.ExportCertificatePem());
        File.WriteAllText(
            Path.Combine(directory, "server.pem"),
            signed.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n"
        );
    }
}
