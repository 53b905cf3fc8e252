using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Requests;

/// <summary>The idempotency id of a request: grain calls that are repeated for it carry the same one.</summary>
internal static class RequestOperation
{
    /// <summary>The id. It is made at the first use.</summary>
    public static OperationId Operation(this HttpContext context)
    {
        if (context.Features.Get<Made>() is not { } made)
            context.Features.Set(made = new Made(OperationId.New()));
        return made.Id;
    }

    private sealed record Made(OperationId Id);
}
