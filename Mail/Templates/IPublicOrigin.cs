namespace SessionAuth.Mail.Templates;

/// <summary>
/// The public origin of the pages, for links in emails. It comes from the settings or the listening URL, and never from
/// a request's Host header (password reset poisoning). The host of the silo provides it.
/// </summary>
public interface IPublicOrigin
{
    /// <summary>The origin, without a slash at the end.</summary>
    string Origin { get; }
}
