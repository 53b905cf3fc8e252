using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Serialization;

[assembly: TypeManifestProvider(typeof(DomainTypes))]

namespace SessionAuth.Grains.Interfaces.Serialization;

/// <summary>
/// Registers the domain types in messages with Orleans, which the domain does not reference: the alias of each on the
/// wire, and that it is immutable and need not be copied. They are serialized by their converters, enums by
/// <see cref="EnumCodec{TEnum}"/>.
/// </summary>
public sealed class DomainTypes : TypeManifestProviderBase
{
    /// <inheritdoc/>
    protected override void ConfigureInner(TypeManifestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ResultTypes.Register(options);
        Value<UserId>(options, "user-id");
        Value<OperationId>(options, "operation-id");
        Value<EmailKey>(options, "email-key");
        Value<Password>(options, "password");
        Value<Secret>(options, "secret");
        Value<ClientDevice>(options, "client-device");
        Value<DeviceMark>(options, "device-mark");

        Value<SessionId>(options, "session-id");
        Value<SessionProof>(options, "session-proof");
        Value<SessionStart>(options, "session-start");
        Value<SessionTokens>(options, "session-tokens");
        Value<SessionSnapshot>(options, "session-snapshot");
        Enum<AuthenticationMethod>(options, "authentication-method");
        Enum<SessionEndReason>(options, "session-end-reason");
        Enum<SessionStanding>(options, "session-standing");

        Value<ClientId>(options, "client-id");
        Value<GrantId>(options, "grant-id");
        Value<GrantOpening>(options, "grant-opening");
        Value<GrantStanding>(options, "grant-standing");
        Value<OpenedApplication>(options, "opened-application");

        Value<KeyId>(options, "key-id");
        Value<TokenKey>(options, "token-key");
        Value<KeySet>(options, "key-set");

        Value<HolderId>(options, "holder-id");
        Value<StandingRecall>(options, "standing-recall");
        Value<LeaseGrant>(options, "lease-grant");
        Value<LeasedStanding>(options, "leased-standing");

        Value<ClientNetwork>(options, "client-network");
        Value<KnownDevice>(options, "known-device");
        Enum<PasswordRefusal>(options, "password-refusal");
        Enum<AttemptOutcome>(options, "attempt-outcome");

        Value<AccountEvent>(options, "account-event");
        Value<AnsweredChallenge>(options, "answered-challenge");
        Value<Passkey>(options, "passkey");
        Value<PasskeyUse>(options, "passkey-use");
        Value<SignInContext>(options, "sign-in-context");
        Value<SecondFactorCode>(options, "second-factor-code");
        Enum<AccountEventKind>(options, "account-event-kind");
        Enum<MailKind>(options, "mail-kind");

        Value<Application>(options, "application");
        Value<ApplicationSet>(options, "application-set");
        Value<RegistryContent>(options, "registry-content");
        Enum<ApplicationKind>(options, "application-kind");
        Enum<ApplicationSignOut>(options, "application-sign-out");
        Enum<RemoteUserName>(options, "remote-user-name");
        Enum<IdentityTokenAlgorithm>(options, "identity-token-algorithm");
    }

    private static void Value<T>(TypeManifestOptions options, string alias)
    {
        options.WellKnownTypeAliases.Add(alias, typeof(T));
        options.Copiers.Add(typeof(ShallowCopier<T>));
    }

    private static void Enum<TEnum>(TypeManifestOptions options, string alias)
        where TEnum : struct, Enum
    {
        Value<TEnum>(options, alias);
        options.FieldCodecs.Add(typeof(EnumCodec<TEnum>));
    }
}
