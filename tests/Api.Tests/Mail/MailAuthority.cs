using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>An authority of one's own, and a certificate by it.</summary>
internal static class MailAuthority
{
    /// <summary>Leaves <c>authority.pem</c> for those who are to trust it, and <c>server.pem</c>, with its key, for the server.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="host">The name that the certificate is for.</param>
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
