namespace SessionAuth.KilledNode;

/// <summary>Breaks off all requests to a node that the kill switch has stopped, as the end of its process would.</summary>
internal sealed class KilledAnswers(KillSwitch killSwitch) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (context, answer) =>
                {
                    using CancellationTokenRegistration stopped = killSwitch.Stopped.Register(
                        context.Abort
                    );
                    await answer(context);
                }
            );
            next(app);
        };
}
