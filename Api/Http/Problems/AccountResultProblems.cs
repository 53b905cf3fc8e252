using System.Text.Json;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Http.Problems;

/// <summary>Converts account results to problems.</summary>
internal static class AccountResultProblems
{
    /// <summary>The name of a method in the API.</summary>
    public static string Name(this AuthenticationMethod method) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(method.ToString());

    /// <summary>A step-up problem with the accepted combinations of methods.</summary>
    public static ApiProblem StepUpRequired(
        IReadOnlyList<IReadOnlyList<AuthenticationMethod>> accepts
    ) =>
        AccountProblems.StepUpRequired([
            .. accepts.Select(way =>
                (IReadOnlyList<string>)[.. way.Select(method => method.Name())]
            ),
        ]);

    /// <summary>A problem for a rejected new password.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="limit">The violated length limit in code points, if any.</param>
    /// <param name="field">The request field of the password.</param>
    public static ApiProblem PasswordRefused(
        PasswordRefusal reason,
        int limit,
        string field = "password"
    ) => ApiProblems.InvalidField(field, PasswordRefusals.Sentence(reason, limit));

    /// <summary>
    /// A problem for an unverified email. Where it must not be revealed, it looks like a wrong password (user
    /// enumeration).
    /// </summary>
    public static ApiProblem EmailNotVerified(bool mayBeTold) =>
        mayBeTold ? AccountProblems.EmailNotVerified : ApiProblems.SignInRefused;
}
