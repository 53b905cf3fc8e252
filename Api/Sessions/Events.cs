using System.Text.Json;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace SessionAuth.Api.Sessions;

/// <summary>
/// <c>GET /sessions/events</c>: server-sent events that notify a page when its session is revoked. The grain's
/// notification is best effort; the session is polled at each heartbeat, and that result is authoritative.
/// </summary>
internal sealed partial class EventStream(
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    IOptions<JsonOptions> json,
    TimeProvider clock,
    ILogger<EventStream> logger
)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet(
                "/sessions/events",
                (CurrentSession current, HttpContext context, EventStream events) =>
                    events.Serve(current.Id, context)
            )
            .RequireAuthorization()
            .OpenToRestricted()
            .WithSummary("Stream session events")
            .WithDescription(
                "Server-sent events of the current session: one `revoked` event with the reason, then the stream ends."
            )
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .MayAnswer(ApiProblems.TooManyStreams);

    /// <summary>Streams the end of a session.</summary>
    /// <param name="id">The session.</param>
    /// <param name="context">The request.</param>
    /// <param name="isOpen">
    /// Whether the application that asks still has access to it, looked up at each heartbeat; null for none.
    /// </param>
    public async Task Serve(SessionId id, HttpContext context, Func<ValueTask<bool>>? isOpen = null)
    {
        using CancellationTokenSource closing = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        ISessionGrain session = grains.Session(id);
        Guid stream = Guid.NewGuid();
        Watcher watcher = new();
        ISessionWatcher reference = grains.CreateObjectReference<ISessionWatcher>(watcher);
        try
        {
            WatchAnswer answer = await session.Watch(stream, reference);
            if (answer.Outcome == WatchOutcome.TooMany)
            {
                await ApiProblems.TooManyStreams.ExecuteAsync(context);
                return;
            }

            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            SessionEndReason? reason = answer.Outcome == WatchOutcome.Ended ? Reason(answer) : null;
            while (reason is null)
            {
                await Write(context, ": \n\n", closing.Token);
                reason =
                    await watcher.Wait(Heartbeat, clock, closing.Token)
                    ?? await Ask(session, stream, reference, isOpen);
            }

            string data = JsonSerializer.Serialize(
                new RevokedEvent(reason.Value),
                json.Value.SerializerOptions
            );
            await Write(context, $"event: revoked\ndata: {data}\n\n", closing.Token);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The page was closed, or the node is stopping: the browser reconnects by itself.
        }
        finally
        {
            grains.DeleteObjectReference<ISessionWatcher>(reference);
            session.Unwatch(stream).Ignore();
            GC.KeepAlive(watcher);
        }
    }

    private async Task<SessionEndReason?> Ask(
        ISessionGrain session,
        Guid stream,
        ISessionWatcher reference,
        Func<ValueTask<bool>>? isOpen
    )
    {
        try
        {
            WatchAnswer answer = await session.Watch(stream, reference);
            if (isOpen is not null && !await isOpen())
                return SessionEndReason.SignedOut;
            return answer.Outcome == WatchOutcome.Ended ? Reason(answer) : null;
        }
        catch (Exception e)
        {
            LogNoAnswer(e);
            return null;
        }
    }

    private static SessionEndReason Reason(WatchAnswer answer) =>
        answer.Reason ?? SessionEndReason.Expired;

    private static async Task Write(
        HttpContext context,
        string text,
        CancellationToken cancellation
    )
    {
        await context.Response.WriteAsync(text, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "No answer from a session with an open event stream; retrying at the next heartbeat"
    )]
    private partial void LogNoAnswer(Exception exception);

    private sealed class Watcher : ISessionWatcher
    {
        private readonly TaskCompletionSource<SessionEndReason> _ended = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task Ended(SessionEndReason reason)
        {
            _ended.TrySetResult(reason);
            return Task.CompletedTask;
        }

        public async Task<SessionEndReason?> Wait(
            TimeSpan atMost,
            TimeProvider clock,
            CancellationToken cancellation
        )
        {
            try
            {
                return await _ended.Task.WaitAsync(atMost, clock, cancellation);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }
}

/// <summary>The event of a revoked session.</summary>
/// <param name="Reason">Why the session has ended.</param>
internal sealed record RevokedEvent(SessionEndReason Reason);
