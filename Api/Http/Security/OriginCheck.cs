using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// CSRF protection: a state-changing call must have the UI's origin in its <c>Origin</c> header, which pages of other
/// sites cannot forge. There are no CSRF tokens (ASVS 3.5.1).
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, Origins origins)
{
    public Task InvokeAsync(HttpContext context) =>
        !ChangesState(context) || IsUi(context.Request)
            ? next(context)
            : ApiProblems.ForeignOrigin.ExecuteAsync(context);

    private static bool ChangesState(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<ApiCall>() is not null;

    private bool IsUi(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && string.Equals(origin, origins.Ui.Value, StringComparison.Ordinal);
}
