using Microsoft.AspNetCore.Http.HttpResults;

namespace SessionAuth.Api.Passwords;

/// <summary><c>GET /password/policy</c></summary>
internal static class PasswordPolicyEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/password/policy", Policy).WithSummary("Get the password policy");

    private static Ok<PasswordPolicyAnswer> Policy(PasswordLimits limits) =>
        TypedResults.Ok(new PasswordPolicyAnswer(limits.MinLength, limits.MaxLength));
}

/// <summary>The length limits of new passwords, in characters (Unicode code points).</summary>
/// <param name="MinLength">The minimum length.</param>
/// <param name="MaxLength">The maximum length.</param>
internal sealed record PasswordPolicyAnswer(int MinLength, int MaxLength);
