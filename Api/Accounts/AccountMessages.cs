namespace SessionAuth.Api.Accounts;

/// <summary>What registering takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">8 to 256 characters.</param>
internal sealed record RegisterRequest(string Email, string Password);

/// <summary>What signing in takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">The password.</param>
/// <param name="Remember">Whether the session outlives the browser's own; else it ends with it, or after 24 idle hours.</param>
internal sealed record LoginRequest(string Email, string Password, bool Remember = true);

/// <summary>An account.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">The address.</param>
internal sealed record Account(string UserId, string Email);
