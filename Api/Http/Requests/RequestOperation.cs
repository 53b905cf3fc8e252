using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Requests;

/// <summary>The operation id of a request, which makes retried grain calls idempotent.</summary>
internal static class RequestOperation
{
    /// <summary>Gets the id, which is created at first use.</summary>
    public static OperationId Operation(this HttpContext context)
    {
        if (context.Features.Get<Made>() is not { } made)
            context.Features.Set(made = new Made(OperationId.New()));
        return made.Id;
    }

    private sealed record Made(OperationId Id);
}
