// A page without a server of its own that signs people in with oidc-client-ts.

const manager = new oidc.UserManager({
  authority: document.querySelector("meta[name=issuer]").content,
  client_id: "notes",
  redirect_uri: `${location.origin}/callback`,
  post_logout_redirect_uri: `${location.origin}/bye`,
  scope: "openid email offline_access",
  loadUserInfo: true,
});

const status = document.querySelector("[role=status]");

function show(user) {
  status.textContent = user ? "Signed in" : "Signed out";
  document.querySelector("pre").textContent = user ? JSON.stringify({ ...user.profile, token: user.access_token }) : "";
}

function on(button, action) {
  document.getElementById(button).addEventListener("click", () =>
    action().catch((error) => {
      status.textContent = `Failed: ${error.error ?? error.message}`;
    }),
  );
}

on("sign-in", () => manager.signinRedirect());
on("refresh", async () => show(await manager.signinSilent()));
on("sign-out", () => manager.signoutRedirect());

async function start() {
  if (location.pathname === "/callback") {
    await manager.signinCallback();
    history.replaceState(null, "", "/");
  }
  if (location.pathname === "/bye") await manager.signoutCallback();
  show(await manager.getUser());
}

start().catch((error) => {
  status.textContent = `Failed: ${error.error ?? error.message}`;
});
