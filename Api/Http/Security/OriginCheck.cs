using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// A change needs the UI's own origin in the <c>Origin</c> header, which no page elsewhere can forge: it stands
/// in for tokens against cross-site requests (ASVS 3.5.1).
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
