namespace SessionAuth.Api.Proxied.Checks;

/// <summary>How a proxy asks about a request, and which answers it understands.</summary>
internal enum AuthzDialect
{
    /// <summary>
    /// <c>/authz/forward-auth</c>, for Caddy and Traefik: the request is in <c>X-Forwarded-*</c> headers, and any answer
    /// but 2xx is passed on to the browser.
    /// </summary>
    ForwardAuth,

    /// <summary>
    /// <c>/authz/auth-request</c>, for nginx and the Gateway API: the request is in <c>X-Original-*</c> headers, and the
    /// answers are 2xx, 401 and 403 alone.
    /// </summary>
    AuthRequest,
}
