using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Requests;

/// <summary>What a request asks for, by an id that stays the same when a call for it is repeated.</summary>
internal static class RequestOperation
{
    /// <summary>The id, made at the first use.</summary>
    public static OperationId Operation(this HttpContext context)
    {
        if (context.Features.Get<Made>() is not { } made)
            context.Features.Set(made = new Made(OperationId.New()));
        return made.Id;
    }

    private sealed record Made(OperationId Id);
}
