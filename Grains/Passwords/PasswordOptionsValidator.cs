using Microsoft.Extensions.Options;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Passwords;

// The minimum hash parameters are those of ASVS 11.4.2 and OWASP's Password Storage Cheat Sheet.
internal sealed class PasswordOptionsValidator : IValidateOptions<PasswordOptions>
{
    private const int MostMinimumLength = 64;

    public ValidateOptionsResult Validate(string? name, PasswordOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.MinimumLength is < PasswordPolicy.LeastMinimumLength or > MostMinimumLength)
            problems.AddError(
                $"PASSWORD_MIN_LENGTH must be between {PasswordPolicy.LeastMinimumLength} and {MostMinimumLength}."
            );
        if (options.MemoryKib is < 19 * 1024 or > 1024 * 1024)
            problems.AddError("PASSWORD_HASH_MEMORY_KIB must be between 19456 and 1048576.");
        if (options.Iterations is < 2 or > 100)
            problems.AddError("PASSWORD_HASH_ITERATIONS must be between 2 and 100.");
        if (options.QueuePerCore is < 1 or > 1000)
            problems.AddError("PASSWORD_HASH_QUEUE_PER_CORE must be between 1 and 1000.");
        if (
            options.BreachedFile is { Length: > 0 } path
            && BreachedPasswords.Problem(path) is { } problem
        )
            problems.AddError($"BREACHED_PASSWORDS_FILE cannot be used: {problem}");
        return problems.Build();
    }
}
