using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

internal sealed partial class UserGrain
{
    public Task<UserAnswer> Import(ImportedUser user) => throw new NotSupportedException();
}
