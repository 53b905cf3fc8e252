using System.Globalization;
using QRCoder;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;

namespace SessionAuth.Api.SecondFactors;

/// <summary>Renders a secret for authenticators: as a URI and a QR code.</summary>
internal static class KeyPicture
{
    private const string Issuer = "SessionAuth";

    public static FactorOffer Of(OtpFactor factor, OfferOtpResult.Offered offered, string domain)
    {
        // Authenticators show the issuer to users, so it has the domain's Unicode form.
        string issuer = Uri.EscapeDataString($"{Issuer} {new IdnMapping().GetUnicode(domain)}");
        string uri = factor.KeyUri(issuer, Uri.EscapeDataString(offered.Email), offered.Secret);
        using QRCodeGenerator generator = new();
        using QRCodeData data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using SvgQRCode picture = new(data);
        return new(offered.Secret.Text, uri, picture.GetGraphic(pixelsPerModule: 4));
    }
}
