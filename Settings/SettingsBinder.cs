using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SessionAuth.Settings;

/// <summary>
/// Binds settings as .NET's binder does, but reports a setting of the wrong type by its name and expected type, and
/// never prints its value, which may be a secret.
/// </summary>
internal static class SettingsBinder
{
    /// <exception cref="SettingsException">A setting has the wrong type.</exception>
    public static void Bind<TSettings>(IConfiguration configuration, TSettings settings)
        where TSettings : class
    {
        foreach (PropertyInfo property in typeof(TSettings).GetProperties())
        {
            if (
                property.GetCustomAttribute<ConfigurationKeyNameAttribute>() is { Name: var name }
                && configuration[name] is { } text
                && !CanConvert(property.PropertyType, text)
            )
                throw new SettingsException($"{name} must be {Expected(property.PropertyType)}.");
        }
        configuration.Bind(settings);
    }

    private static bool CanConvert(Type type, string text)
    {
        // The binder would also accept the numeric value of an enum member.
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase);
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Expected(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return OneOf([.. Enum.GetNames(type).Select(name => name.ToLowerInvariant())]);
        return type == typeof(TimeSpan) ? "a time such as 00:15:00" : "a number";
    }

    private static string OneOf(string[] names) =>
        $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
