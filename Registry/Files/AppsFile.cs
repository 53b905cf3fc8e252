using System.Text.Json;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Registry;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Registry.Files;

/// <summary>Reads the file of applications, strictly: nothing in it is ignored.</summary>
internal static class AppsFile
{
    // An operator corrects a few at a time; a log line has an end.
    private const int MostProblems = 10;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Strict)
    {
        MaxDepth = 8,
    };

    /// <summary>The applications, or what is wrong with the file, as sentences without values.</summary>
    public static (IReadOnlyList<Application>? Applications, string? Problem) Parse(byte[] content)
    {
        AppsFileDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<AppsFileDocument>(WithoutMark(content), s_json);
        }
        catch (JsonException e)
        {
            return (null, Problem(e));
        }

        if (document is null)
            return (null, "The file is null.");
        List<Application> applications = [];
        List<string> problems = [];
        for (int i = 0; i < document.Applications.Count; i++)
            Read(document.Applications[i], $"$.applications[{i}]", applications, problems);
        if (problems.Count == 0)
            problems.AddRange(
                ApplicationRules
                    .Problems(applications, Origin.HostOf)
                    .Select(problem => problem.ToString())
            );
        return problems.Count == 0
            ? (applications, null)
            : (null, string.Join(' ', problems.Take(MostProblems)));
    }

    private static void Read(
        AppsFileEntry? entry,
        string path,
        List<Application> applications,
        List<string> problems
    )
    {
        if (entry is null)
        {
            problems.Add($"{path} must not be null.");
            return;
        }

        EntryReader reader = new(entry, path);
        applications.Add(reader.Read());
        problems.AddRange(reader.Problems);
    }

    // Some editors write a byte order mark.
    private static ReadOnlySpan<byte> WithoutMark(byte[] content) =>
        content.AsSpan().StartsWith("\ufeff"u8) ? content.AsSpan(3) : content;

    // The messages of the serializer are about types of this program, or quote the file.
    private static string Problem(JsonException error) =>
        $"Line {(error.LineNumber ?? 0) + 1}, {error.Path ?? "$"}: it is no JSON, or a member is unknown, missing, there twice or "
        + "of the wrong type.";
}
