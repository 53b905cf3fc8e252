using SessionAuth.Api.Http.Problems;
using SessionAuth.Domain.Accounts.SecondFactors;

namespace SessionAuth.Api.SecondFactors;

/// <summary>The name of a second factor in a URL path, such as <c>totp</c>.</summary>
internal static class FactorName
{
    /// <summary>The second factor with this name; null if there is none that can be added.</summary>
    public static OtpFactor? Factor(string name) =>
        SecondFactorSet.Otps.FirstOrDefault(factor => factor.Method.Name() == name);
}
