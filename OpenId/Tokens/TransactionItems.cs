using OpenIddict.Server;

namespace SessionAuth.OpenId.Tokens;

/// <summary>Values that handlers of one request pass to each other.</summary>
internal static class TransactionItems
{
    /// <summary>Keeps a value for the handlers that follow.</summary>
    public static void Keep<T>(this OpenIddictServerTransaction transaction, T value)
        where T : class => transaction.SetProperty(typeof(T).FullName!, value);

    /// <summary>The value that a handler before has kept; null when none has.</summary>
    public static T? Kept<T>(this OpenIddictServerTransaction transaction)
        where T : class => transaction.GetProperty<T>(typeof(T).FullName!);
}
