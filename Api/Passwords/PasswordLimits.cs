using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Passwords;

/// <summary>
/// The length limits for new passwords, published to clients. The silo enforces them; a separate front end must have
/// the same setting.
/// </summary>
internal sealed class PasswordLimits(IConfiguration configuration)
{
    /// <summary>The minimum number of characters (Unicode code points).</summary>
    public int MinLength { get; } = Settings(configuration).MinimumLength;

    /// <summary>The maximum number of characters (Unicode code points).</summary>
    public int MaxLength { get; } = PasswordPolicy.MaximumLength;

    private static PasswordSettings Settings(IConfiguration configuration)
    {
        PasswordSettings settings = new();
        configuration.Bind(settings);
        return settings;
    }
}

/// <summary>The setting that the grains also read.</summary>
internal sealed class PasswordSettings
{
    /// <summary>The minimum number of characters of a new password.</summary>
    [ConfigurationKeyName("PASSWORD_MIN_LENGTH")]
    public int MinimumLength { get; set; } = PasswordPolicy.LeastMinimumLength;
}
