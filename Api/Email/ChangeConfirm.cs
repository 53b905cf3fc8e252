using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Email;

/// <summary><c>POST /email/change/confirm</c></summary>
internal static class EmailChangeConfirmEndpoint
{
    // Others may claim the address at the same time. Whoever loses this often finds it owned at the next try.
    private const int MostRounds = 3;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/change/confirm", Confirm)
            .RequireAuthorization()
            .WithSummary("Changes the address with the token that was mailed to the new one.");

    // Only from a session of the account. Somebody who can read the new address's mail, and no more, must not be tricked
    // into giving that address to another person's account.
    private static async Task<Results<Ok<AddressMessage>, ConflictProblem, ApiProblem>> Confirm(
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
            ConfirmEmailChangeResult result = await grains
                .UserAddress(user)
                .ConfirmAddressChange(token.Value, insteadOf, context.Operation());
            Results<Ok<AddressMessage>, ConflictProblem, ApiProblem>? settled = await result.Match<
                Task<Results<Ok<AddressMessage>, ConflictProblem, ApiProblem>?>
            >(
                async changed =>
                {
                    log.AddressChanged(user, context.ClientAddress());
                    return TypedResults.Ok(new AddressMessage(changed.Email));
                },
                async taken =>
                {
                    if (
                        await grains.User(user).Profile() is not { NewEmail: { } wanted }
                        || !await grains.User(taken.Owner).Abandon(wanted)
                    )
                        return ApiProblems.AddressTaken;

                    insteadOf = taken.Owner;
                    return null;
                },
                async linkRefused => AccountProblems.LinkRefused
            );
            if (settled is not null)
                return settled;
        }

        return ApiProblems.Busy;
    }
}

/// <summary>A mailed link's token.</summary>
/// <param name="Token">The token.</param>
internal sealed record LinkRequest(string Token);
