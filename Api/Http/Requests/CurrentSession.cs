using System.Reflection;
using SessionAuth.Api.Devices;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Http.Requests;

/// <summary>The session that authenticated a request.</summary>
/// <param name="User">The user id.</param>
/// <param name="Id">The session id.</param>
internal sealed record CurrentSession(UserId User, SessionId Id)
{
    /// <summary>
    /// The caller for grain calls: this session, with the device and the operation id of the request.
    /// </summary>
    public CallerContext Caller(HttpContext context) =>
        new(Id, context.Device(), context.Operation());

    /// <summary>Binds the session as a parameter of endpoints that require authorization.</summary>
    public static ValueTask<CurrentSession?> BindAsync(HttpContext context, ParameterInfo _) =>
        new(context.Features.Get<CurrentSession>());
}
