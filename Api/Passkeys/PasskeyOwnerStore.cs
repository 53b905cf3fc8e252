using Microsoft.AspNetCore.Identity;

namespace SessionAuth.Api.Passkeys;

/// <summary>
/// A user store with the ceremony's user only, as the framework's handler requires one. Only the members that the
/// handler reads are implemented; passkeys are written by the user's grain.
/// </summary>
internal sealed class PasskeyOwnerStore(PasskeyOwner? owner) : IUserPasskeyStore<PasskeyOwner>
{
    public Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(owner?.Id.Value == userId ? owner : null);

    public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.Value);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
        PasskeyOwner user,
        CancellationToken cancellationToken
    ) => Task.FromResult<IList<UserPasskeyInfo>>([.. user.Infos]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(
        PasskeyOwner user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => Task.FromResult(Find(user, credentialId));

    // Credential ids need not be unique across users: a passkey is looked up only among those of the user in the user
    // handle.
    public Task<PasskeyOwner?> FindByPasskeyIdAsync(
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => Task.FromResult(Find(owner, credentialId) is null ? null : owner);

    public void Dispose() { }

    private static UserPasskeyInfo? Find(PasskeyOwner? user, byte[] id) =>
        user?.Infos.FirstOrDefault(info => info.CredentialId.AsSpan().SequenceEqual(id));

    Task IUserPasskeyStore<PasskeyOwner>.AddOrUpdatePasskeyAsync(
        PasskeyOwner user,
        UserPasskeyInfo passkey,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task IUserPasskeyStore<PasskeyOwner>.RemovePasskeyAsync(
        PasskeyOwner user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<string?> IUserStore<PasskeyOwner>.GetUserNameAsync(
        PasskeyOwner user,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task IUserStore<PasskeyOwner>.SetUserNameAsync(
        PasskeyOwner user,
        string? userName,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<string?> IUserStore<PasskeyOwner>.GetNormalizedUserNameAsync(
        PasskeyOwner user,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task IUserStore<PasskeyOwner>.SetNormalizedUserNameAsync(
        PasskeyOwner user,
        string? normalizedName,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<IdentityResult> IUserStore<PasskeyOwner>.CreateAsync(
        PasskeyOwner user,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<IdentityResult> IUserStore<PasskeyOwner>.UpdateAsync(
        PasskeyOwner user,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<IdentityResult> IUserStore<PasskeyOwner>.DeleteAsync(
        PasskeyOwner user,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<PasskeyOwner?> IUserStore<PasskeyOwner>.FindByNameAsync(
        string normalizedUserName,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
