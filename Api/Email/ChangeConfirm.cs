using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.UseCases;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/change/confirm</c></summary>
internal static class EmailChangeConfirmEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/change/confirm", Confirm)
            .RequireAuthorization()
            .WithSummary("Confirm an email change")
            .WithDescription(
                "Changes the email address with the token that was sent to the new one."
            );

    // Requires a session of the account: the owner of the new mailbox must not be tricked into adding their email to an
    // attacker's account.
    private static async Task<Results<Ok<EmailPayload>, ConflictProblem, ApiProblem>> Confirm(
        LinkRequest request,
        CurrentSession current,
        HttpContext context,
        EmailUseCase emails,
        SecurityLog log
    )
    {
        if (
            !MailedLink.TryParse(request.Token, out UserId user, out Secret? token)
            || user != current.User
        )
            return AccountProblems.LinkRefused;

        ConfirmEmailChangeResult? result = await emails.ConfirmChange(
            user,
            token.Value,
            context.Operation()
        );
        if (result is null)
            return ApiProblems.Busy;

        return result.Match<Results<Ok<EmailPayload>, ConflictProblem, ApiProblem>>(
            changed =>
            {
                log.EmailChanged(user, context.ClientIpAddress());
                return TypedResults.Ok(new EmailPayload(changed.Email));
            },
            taken => ApiProblems.EmailTaken,
            linkRefused => AccountProblems.LinkRefused
        );
    }
}

/// <summary>A link token.</summary>
/// <param name="Token">The token from the mailed link.</param>
internal sealed record LinkRequest(string Token);
