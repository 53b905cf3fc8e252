using System.Text.Json;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Http.Problems;

/// <summary>Parts of an account's results, as problems.</summary>
internal static class AccountAnswers
{
    /// <summary>A method's name as clients read it.</summary>
    public static string Name(this AuthenticationMethod method) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(method.ToString());

    /// <summary>The ways to prove enough, as clients read them.</summary>
    public static ApiProblem StepUpRequired(
        IReadOnlyList<IReadOnlyList<AuthenticationMethod>> accepts
    ) =>
        AccountProblems.StepUpRequired([
            .. accepts.Select(way =>
                (IReadOnlyList<string>)[.. way.Select(method => method.Name())]
            ),
        ]);

    /// <summary>Why a new password is refused.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="limit">The limit in code points, where that is the reason.</param>
    /// <param name="field">The field that the password came in.</param>
    public static ApiProblem PasswordRefused(
        PasswordRefusal reason,
        int limit,
        string field = "password"
    ) => ApiProblems.InvalidField(field, PasswordRefusals.Sentence(reason, limit));

    /// <summary>An email that has to be verified first. Where nobody may be told, it looks like a wrong password.</summary>
    public static ApiProblem EmailNotVerified(bool mayBeTold) =>
        mayBeTold ? AccountProblems.AddressNotVerified : ApiProblems.SignInRefused;
}
