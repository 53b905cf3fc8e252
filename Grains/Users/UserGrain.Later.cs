using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

internal sealed partial class UserGrain
{
    public Task<UserAnswer> CompleteSignIn(SecondStep secondStep) =>
        throw new NotSupportedException();

    public Task<UserAnswer> StepUp(Asking asking, Password? password, SecondFactorCode? code) =>
        throw new NotSupportedException();

    public Task<UserAnswer> EndSession(Asking asking, SessionId session) =>
        throw new NotSupportedException();

    public Task<UserAnswer> SendVerification(Asking asking) => throw new NotSupportedException();

    public Task<UserAnswer> ConfirmVerification(Secret token, Asking? asking, Password? password) =>
        throw new NotSupportedException();

    public Task<UserAnswer> ChangeAddress(Asking asking, string email) =>
        throw new NotSupportedException();

    public Task<UserAnswer> ConfirmAddressChange(Secret token, UserId? insteadOf) =>
        throw new NotSupportedException();

    public Task TellOfRegistration() => throw new NotSupportedException();

    public Task<UserAnswer> ChangePassword(Asking asking, Password current, Password replacement) =>
        throw new NotSupportedException();

    public Task ForgotPassword() => throw new NotSupportedException();

    public Task<UserAnswer> ResetPassword(Secret token, Password replacement) =>
        throw new NotSupportedException();

    public Task<UserAnswer> OfferTotp(Asking asking) => throw new NotSupportedException();

    public Task<UserAnswer> ConfirmTotp(Asking asking, Secret code) =>
        throw new NotSupportedException();

    public Task<UserAnswer> RemoveTotp(Asking asking) => throw new NotSupportedException();

    public Task<UserAnswer> MakeRecoveryCodes(Asking asking) => throw new NotSupportedException();

    public Task<IReadOnlyList<Passkey>> ListPasskeys() => throw new NotSupportedException();

    public Task<UserAnswer> MayAddPasskey(Asking asking) => throw new NotSupportedException();

    public Task<UserAnswer> AddPasskey(Asking asking, Passkey passkey) =>
        throw new NotSupportedException();

    public Task<UserAnswer> RemovePasskey(Asking asking, string id) =>
        throw new NotSupportedException();

    public Task<UserAnswer> SignInWithPasskey(PasskeyUse use, Entrance entrance) =>
        throw new NotSupportedException();

    public Task<UserAnswer> StepUpWithPasskey(Asking asking, PasskeyUse use) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<AccountEvent>> Activity() => throw new NotSupportedException();

    public Task<UserExport?> Export() => throw new NotSupportedException();

    public Task<UserAnswer> Delete(Asking asking) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutgoingMail>> TakeMail() => throw new NotSupportedException();

    public Task<bool> MailTried(string id, MailOutcome outcome) =>
        throw new NotSupportedException();
}
