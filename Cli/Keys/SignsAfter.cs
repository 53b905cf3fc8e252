using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Cli.Keys;

/// <summary>Reads a time such as <c>24:00:00</c>, which .NET would read as 24 days, or <c>1.00:00:00</c>.</summary>
internal static partial class SignsAfter
{
    /// <summary>The time of an option.</summary>
    public static TimeSpan Parse(ArgumentResult given)
    {
        Match match = Format().Match(given.Tokens[0].Value);
        TimeSpan time = match.Success
            ? TimeSpan.FromDays(Number(match, "days"))
                + TimeSpan.FromHours(Number(match, "hours"))
                + TimeSpan.FromMinutes(Number(match, "minutes"))
                + TimeSpan.FromSeconds(Number(match, "seconds"))
            : TimeSpan.MaxValue;
        if (time > KeySet.LongestSignsAfter)
            given.AddError(
                FormattableString.Invariant(
                    $"--signs-after must be a time such as 24:00:00, up to {KeySet.LongestSignsAfter.Days}.00:00:00."
                )
            );
        return time;
    }

    private static int Number(Match match, string part) =>
        match.Groups[part] is { Success: true, Value: var digits }
            ? int.Parse(digits, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        @"^((?<days>[0-9]{1,4})\.)?(?<hours>[0-9]{1,4}):(?<minutes>[0-5][0-9]):(?<seconds>[0-5][0-9])\z"
    )]
    private static partial Regex Format();
}
