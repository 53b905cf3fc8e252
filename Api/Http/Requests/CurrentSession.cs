using System.Reflection;
using SessionAuth.Api.Devices;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Http.Requests;

/// <summary>The session that a request was authenticated with.</summary>
/// <param name="User">Its user.</param>
/// <param name="Id">The session.</param>
internal sealed record CurrentSession(UserId User, SessionId Id)
{
    /// <summary>The caller of a grain: this session, with the device and the idempotency id of the request.</summary>
    public Asking Asking(HttpContext context) => new(Id, context.Device(), context.Operation());

    /// <summary>Lets an endpoint that requires authorization take the session as a parameter.</summary>
    public static ValueTask<CurrentSession?> BindAsync(HttpContext context, ParameterInfo _) =>
        new(context.Features.Get<CurrentSession>());
}
