using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>
/// A call for an id that is nobody's must not leave an activation behind: strangers make up as many as they like. The few
/// ids that stand for addresses without an account stay, as users do: how long they take tells nobody which they are.
/// </remarks>
internal sealed partial class UserGrain
{
    // What an address without an account is answered by.
    private bool _standsForNobody;
    private BriefStay? _stay;

    async Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        _standsForNobody |=
            context.MethodName
                is nameof(IUserGrain.VerifyPassword)
                    or nameof(IUserPasswordGrain.ForgotPassword);
        try
        {
            await context.Invoke();
        }
        finally
        {
            if (!_standsForNobody && stored.IsKnown && User is null)
                (_stay ??= new(this)).Extend();
            else
                _stay?.Cancel();
        }
    }
}
