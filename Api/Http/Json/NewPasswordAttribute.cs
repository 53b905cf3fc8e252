namespace SessionAuth.Api.Http.Json;

/// <summary>Marks the member of a request that holds a new password, to which the settings for passwords apply.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NewPasswordAttribute : Attribute;
