using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Passwords;

// The floors of the hash are those of ASVS 11.4.2 and OWASP's cheat sheet on password storage.
internal sealed class PasswordOptionsValidator : IValidateOptions<PasswordOptions>
{
    public ValidateOptionsResult Validate(string? name, PasswordOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        if (options.MinimumLength is < 8 or > 64)
            problems.AddError("PASSWORD_MIN_LENGTH must be between 8 and 64.");
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
