using Microsoft.AspNetCore.Http.HttpResults;

namespace SessionAuth.Api.Passwords;

/// <summary><c>GET /password/policy</c></summary>
internal static class PasswordPolicyEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/password/policy", Policy)
            .WithSummary("How long a new password has to be, and may be.");

    private static Ok<PasswordPolicyAnswer> Policy(PasswordLimits limits) =>
        TypedResults.Ok(new PasswordPolicyAnswer(limits.MinLength, limits.MaxLength));
}

/// <summary>How long a new password may be, in characters (Unicode code points).</summary>
/// <param name="MinLength">The fewest.</param>
/// <param name="MaxLength">The most.</param>
internal sealed record PasswordPolicyAnswer(int MinLength, int MaxLength);
