using System.Text.Json;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Http.Problems;

/// <summary>The problems that the refusals of a user's grain become.</summary>
internal static class AccountAnswers
{
    /// <param name="answer">The answer.</param>
    /// <param name="wait">How long to wait, where there is no answer because there were too many attempts.</param>
    /// <param name="passwordField">The field that a new password came in.</param>
    public static ApiProblem Problem(
        this UserAnswer? answer,
        TimeSpan wait = default,
        string passwordField = "password"
    ) =>
        answer switch
        {
            null => ApiProblems.TooManyTries(wait),
            Refused { IsOfAnotherKind: true } => AccountProblems.PasskeyChanged,
            Refused refused => Problem(refused.Of),
            PasswordRefused refused => ApiProblems.InvalidField(
                passwordField,
                PasswordRefusals.Sentence(refused)
            ),
            AddressTaken => ApiProblems.AddressTaken,
            RegistrationClosed => AccountProblems.RegistrationClosed,
            AddressNotVerified => AccountProblems.AddressNotVerified,
            StartOverNeeded => AccountProblems.StartOverNeeded,
            SignInExpired => AccountProblems.LoginExpired,
            StepUpRequired required => StepUpRequired(required.Accepts),
            LinkRefused => AccountProblems.LinkRefused,
            SignedOut or NotThere => ApiProblems.NotSignedIn,
            _ => ApiProblems.Busy,
        };

    /// <summary>A method's name as clients read it.</summary>
    public static string Name(this AuthenticationMethod method) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(method.ToString());

    private static UnauthorizedProblem Problem(AuthenticationMethod method) =>
        method switch
        {
            AuthenticationMethod.Password => ApiProblems.SignInRefused,
            AuthenticationMethod.Passkey => AccountProblems.PasskeyRefused,
            _ => AccountProblems.CodeRefused,
        };

    /// <summary>The ways to prove enough, as clients read them.</summary>
    public static ApiProblem StepUpRequired(
        IReadOnlyList<IReadOnlyList<AuthenticationMethod>> accepts
    ) =>
        AccountProblems.StepUpRequired([
            .. accepts.Select(way =>
                (IReadOnlyList<string>)[.. way.Select(method => method.Name())]
            ),
        ]);
}
