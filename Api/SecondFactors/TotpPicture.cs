using System.Globalization;
using QRCoder;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Api.SecondFactors;

/// <summary>A secret as authenticator apps take it: an address, and its picture.</summary>
internal static class TotpPicture
{
    private const string Issuer = "SessionAuth";

    public static TotpOffer Of(OfferTotpResult.Offered offered, string domain)
    {
        string secret = offered.Secret.Text;
        // Apps show it to people, who know the domain by its own letters.
        string issuer = Uri.EscapeDataString($"{Issuer} {new IdnMapping().GetUnicode(domain)}");
        string uri =
            $"otpauth://totp/{issuer}:{Uri.EscapeDataString(offered.Email)}?secret={secret}&issuer={issuer}";
        using QRCodeGenerator generator = new();
        using QRCodeData data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using SvgQRCode picture = new(data);
        return new(secret, uri, picture.GetGraphic(pixelsPerModule: 4));
    }
}
