namespace SessionAuth.Api.Passwords;

/// <summary>
/// How long a new password may be, for people and programs to know beforehand. The silo decides; a front end of its own has
/// to have the same setting.
/// </summary>
internal sealed class PasswordLimits(IConfiguration configuration)
{
    /// <summary>The fewest characters (Unicode code points).</summary>
    public int MinLength { get; } = Settings(configuration).MinimumLength;

    /// <summary>The most characters.</summary>
    public int MaxLength { get; } = 256;

    private static PasswordSettings Settings(IConfiguration configuration)
    {
        PasswordSettings settings = new();
        configuration.Bind(settings);
        return settings;
    }
}

/// <summary>The setting that the grains read too.</summary>
internal sealed class PasswordSettings
{
    /// <summary>The fewest characters of a new password.</summary>
    [ConfigurationKeyName("PASSWORD_MIN_LENGTH")]
    public int MinimumLength { get; set; } = 8;
}
