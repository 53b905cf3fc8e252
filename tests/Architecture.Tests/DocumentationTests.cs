using System.Text.RegularExpressions;

namespace SessionAuth.Architecture.Tests;

/// <summary>Checks the documentation against the files and the code that it describes.</summary>
public sealed partial class DocumentationTests
{
    // The front page should be readable in a minute.
    private const int LargestFrontPage = 10 * 1024;

    private static readonly string s_root = Repository.Root;

    private static readonly string[] s_documents =
    [
        .. Directory.EnumerateFiles(s_root, "*.md"),
        .. Directory.EnumerateFiles(
            Path.Combine(s_root, "docs"),
            "*.md",
            SearchOption.AllDirectories
        ),
    ];

    [Fact]
    public void Each_link_leads_to_an_existing_file()
    {
        Assert.True(s_documents.Length > 10);
        Assert.Empty(
            s_documents.SelectMany(document =>
                Link()
                    .Matches(File.ReadAllText(document))
                    .Select(link => link.Groups["path"].Value)
                    .Where(path => !Exists(document, path))
                    .Select(path => $"{Path.GetRelativePath(s_root, document)}: {path}")
            )
        );

        static bool Exists(string document, string path) =>
            Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, path));
    }

    [Fact]
    public void Each_anchor_is_a_heading_of_its_document()
    {
        Assert.Empty(
            s_documents.SelectMany(document =>
                Anchor()
                    .Matches(File.ReadAllText(document))
                    .Where(link =>
                        !Anchors(Target(document, link.Groups["path"].Value))
                            .Contains(link.Groups["anchor"].Value)
                    )
                    .Select(link => $"{Path.GetRelativePath(s_root, document)}: {link.Value}")
            )
        );

        static string Target(string document, string path) =>
            path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, path);
    }

    [Fact]
    public void Front_page_stays_short() =>
        Assert.InRange(
            new FileInfo(Path.Combine(s_root, "README.md")).Length,
            low: 1,
            LargestFrontPage
        );

    [Fact]
    public void Each_requirement_that_a_test_cites_is_listed()
    {
        string[] listed =
        [
            .. ListedRequirement()
                .Matches(File.ReadAllText(Path.Combine(s_root, "docs", "security.md")))
                .Select(row => row.Groups["id"].Value),
        ];
        string[] cited =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(s_root, "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !InBuildOutput().IsMatch(file))
                .SelectMany(file => CitedRequirement().Matches(File.ReadAllText(file)))
                .Select(cited => cited.Value)
                .Distinct()
                .Order(),
        ];

        Assert.True(cited.Length > 50);
        Assert.Equal(cited, listed);
    }

    [Fact]
    public void Each_problem_code_is_listed()
    {
        string[] listed =
        [
            .. ListedProblems()
                .Matches(File.ReadAllText(Path.Combine(s_root, "docs", "api.md")))
                .SelectMany(row => ProblemCode().Matches(row.Groups["codes"].Value))
                .Select(code => code.Groups["code"].Value)
                .Distinct()
                .Order(),
        ];
        string[] answered =
        [
            .. Directory
                .EnumerateFiles(
                    Path.Combine(s_root, "Api"),
                    "*Problems.cs",
                    SearchOption.AllDirectories
                )
                .SelectMany(file => AnsweredProblem().Matches(File.ReadAllText(file)))
                .Select(code => code.Groups["code"].Value)
                .Distinct()
                .Order(),
        ];

        Assert.True(answered.Length > 40);
        Assert.Equal(answered, listed);
    }

    // As GitHub makes them: lower case, hyphens for spaces, without punctuation.
    private static string[] Anchors(string document) =>
        [
            .. Heading()
                .Matches(File.ReadAllText(document))
                .Select(heading =>
                    NotInAnchor()
                        .Replace(heading.Groups["text"].Value.ToLowerInvariant(), "")
                        .Replace(' ', '-')
                ),
        ];

    [GeneratedRegex(@"(\]\(|src="")(?!https?:|mailto:|#)(?<path>[^)#""]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\((?!https?:)(?<path>[^)#]*)#(?<anchor>[^)]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"\bS-\d\d\b")]
    private static partial Regex CitedRequirement();

    [GeneratedRegex(@"^\| (?<id>S-\d\d) \|", RegexOptions.Multiline)]
    private static partial Regex ListedRequirement();

    [GeneratedRegex(@"^\| \d{3} \| (?<codes>`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex ListedProblems();

    [GeneratedRegex("`(?<code>[a-z-]+)`")]
    private static partial Regex ProblemCode();

    [GeneratedRegex(
        @"(?<=new\(\s*(StatusCodes\.\w+,\s*|status,\s*)?)""(?<code>[a-z]+(-[a-z]+)*)"""
    )]
    private static partial Regex AnsweredProblem();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex InBuildOutput();
}
