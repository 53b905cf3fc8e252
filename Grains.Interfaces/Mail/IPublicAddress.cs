namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>
/// Where browsers find the pages, which mailed links lead to: what the operator has set, or what the process
/// listens on, and never what a request said. The host of the silo provides it.
/// </summary>
public interface IPublicAddress
{
    /// <summary>The origin, without a slash at the end.</summary>
    string Origin { get; }
}
