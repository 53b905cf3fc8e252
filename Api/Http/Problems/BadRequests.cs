using System.Text.Json;
using System.Text.RegularExpressions;

namespace SessionAuth.Api.Http.Problems;

/// <summary>Converts the framework's binding errors to problems that name the field.</summary>
internal static partial class BadRequests
{
    private const int LongestName = 32;

    public static ApiProblem Problem(BadHttpRequestException bad)
    {
        if (bad.InnerException is not JsonException json)
            return ApiProblems.InvalidBody(bad.StatusCode);

        string[] fields = [.. FieldOf(json.Path), .. Missing(json.Message)];
        return fields.Length == 0
            ? ApiProblems.InvalidBody(bad.StatusCode)
            : ApiProblems.InvalidFields(
                fields.ToDictionary(
                    field => field,
                    _ => "Missing, unknown, given twice, or of the wrong type."
                )
            );
    }

    // "$.email" → "email". An unknown name from the client is echoed only if it is short and alphanumeric.
    private static IEnumerable<string> FieldOf(string? path)
    {
        string field = path?.StartsWith("$.", StringComparison.Ordinal) is true ? path[2..] : "";
        if (field.Length is > 0 and <= LongestName && field.All(char.IsAsciiLetterOrDigit))
            yield return field;
    }

    // The serializer reports missing members only in its message.
    private static IEnumerable<string> Missing(string message) =>
        MissingMembers()
            .Match(message)
            .Groups["name"]
            .Captures.Select(name => name.Value)
            .Distinct();

    [GeneratedRegex("missing required properties including: (?:'(?<name>[A-Za-z]+)'(?:, )?)+")]
    private static partial Regex MissingMembers();
}
