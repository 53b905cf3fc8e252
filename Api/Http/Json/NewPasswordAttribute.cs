namespace SessionAuth.Api.Http.Json;

/// <summary>Marks a request member that holds a new password, to which the password policy applies.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NewPasswordAttribute : Attribute;
