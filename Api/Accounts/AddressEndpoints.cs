using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Problems;
using SessionAuth.Api.Security;
using SessionAuth.Api.Sessions;
using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>Verifying and changing the e-mail address.</summary>
internal static class AddressEndpoints
{
    // As for registering: who loses the address as often as this finds it owned at the next try.
    private const int MostRounds = 3;

    public static void MapAddress(this IEndpointRouteBuilder api)
    {
        api.MapPost("/email/verification", Send)
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Sends the mail again by which the address is verified.")
            .ProducesProblems(401, 403, 409, 429, 503);
        api.MapPost("/email/verification/confirm", Confirm)
            .TakesSessionIfAny()
            .OpenToRestricted()
            .WithSummary(
                "Verifies the address with a mailed token; without a session or the password, the account has to be started over."
            )
            .ProducesProblems(401, 403, 408, 429, 503);
        api.MapPost("/email/change", Change)
            .RequireAuthorization()
            .WithSummary("Sends a mail to a new address. Asks for a fresh proof.")
            .ProducesProblems(401, 403, 408, 429, 503);
        api.MapPost("/email/change/confirm", ConfirmChange)
            .RequireAuthorization()
            .WithSummary("Changes the address with the token that was mailed to the new one.")
            .ProducesProblems(401, 403, 408, 409, 503);
    }

    private static async Task<Results<Accepted, ApiProblem>> Send(
        CurrentSession current,
        HttpContext context,
        GuessGuard guesses,
        IGrainFactory grains
    )
    {
        if (await guesses.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        UserAnswer answer = await grains
            .UserAddress(current.User)
            .SendVerification(current.Asking(context));
        return answer switch
        {
            Done => TypedResults.Accepted((string?)null),
            AlreadySo => AccountProblems.AlreadyVerified,
            _ => answer.Problem(),
        };
    }

    private static async Task<Results<Ok<NextStep>, ApiProblem>> Confirm(
        VerificationRequest request,
        CurrentSession? current,
        HttpContext context,
        GuessGuard guesses,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (!MailedLink.TryParse(request.Token, out UserId user, out Secret? token))
            return AccountProblems.LinkRefused;

        context.IsAbout(user);
        Asking? asking = current?.User == user ? current.Asking(context) : null;
        Password? password = request.Password is { } typed ? new(typed) : null;
        Task<UserAnswer> Attempt() =>
            grains
                .UserAddress(user)
                .ConfirmVerification(
                    token.Value,
                    asking,
                    password,
                    request.StartOver,
                    context.Operation()
                );
        (UserAnswer? answer, TimeSpan wait) =
            password is not null
            && asking is null
            // Of an address that is verified already no password is looked at.
            && await grains.User(user).Profile() is { EmailVerified: false }
                ? await guesses.Password(context, user, _ => Attempt())
                : (await Attempt(), default);
        if (answer is not AddressVerified verified)
            return answer.Problem(wait);

        if (!verified.Already)
            log.AddressVerified(user, verified.StartedOver, context.ClientAddress());
        return TypedResults.Ok(new NextStep(verified.StartedOver ? "reset-password" : "none"));
    }

    private static async Task<Results<Accepted, ApiProblem>> Change(
        AddressMessage request,
        CurrentSession current,
        HttpContext context,
        GuessGuard guesses,
        IGrainFactory grains
    )
    {
        if (!EmailAddress.TryParse(request.Email, out EmailAddress? address))
            return AccountProblems.InvalidAddress(request.Email);
        if (await guesses.MailAskedFor(context) is { } wait)
            return AccountProblems.TooManyMails(wait);

        UserAnswer answer = await grains
            .UserAddress(current.User)
            .ChangeAddress(current.Asking(context), address.Value);
        return answer is Done ? TypedResults.Accepted((string?)null) : answer.Problem();
    }

    // Only from a session of the account: whoever can read the new address's mail, and nothing more, must not be led
    // to give it to somebody else's account.
    private static async Task<Results<Ok<AddressMessage>, ApiProblem>> ConfirmChange(
        LinkRequest request,
        CurrentSession current,
        HttpContext context,
        IGrainFactory grains,
        SecurityLog log
    )
    {
        if (
            !MailedLink.TryParse(request.Token, out UserId user, out Secret? token)
            || user != current.User
        )
            return AccountProblems.LinkRefused;

        UserId? insteadOf = null;
        for (int round = 0; round < MostRounds; round++)
        {
            UserAnswer answer = await grains
                .UserAddress(user)
                .ConfirmAddressChange(token.Value, insteadOf, context.Operation());
            switch (answer)
            {
                case AddressVerified changed:
                    log.AddressChanged(user, context.ClientAddress());
                    return TypedResults.Ok(new AddressMessage(changed.Email));
                case AddressTaken { Owner: var owner }
                    when await grains.User(user).Profile() is { NewEmail: { } wanted }
                        && await grains.User(owner).Abandon(wanted):
                    insteadOf = owner;
                    break;
                default:
                    return answer.Problem();
            }
        }

        return ApiProblems.Busy;
    }
}
