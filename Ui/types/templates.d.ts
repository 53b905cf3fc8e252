// The elements with data-ref in each template. Update: UPDATE_TEMPLATES=1 npm test

interface Templates {
  "account-view": {
    "email": HTMLElementTagNameMap["span"];
    "sign-out": HTMLElementTagNameMap["button"];
    "nav": HTMLElementTagNameMap["nav"];
    "sign-out-problem": HTMLElementTagNameMap["p"];
    "another": HTMLElementTagNameMap["p"];
    "restricted": HTMLElementTagNameMap["div"];
    "unverified": HTMLElementTagNameMap["div"];
    "sent-again": HTMLElementTagNameMap["p"];
    "send-again": HTMLElementTagNameMap["button"];
    "waiting": HTMLElementTagNameMap["div"];
    "continue": HTMLElementTagNameMap["button"];
    "section": HTMLElementTagNameMap["div"];
  };
  "devices-section": {
    "heading": HTMLElementTagNameMap["h1"];
    "problem": HTMLElementTagNameMap["p"];
    "count": HTMLElementTagNameMap["span"];
    "end-others": HTMLElementTagNameMap["button"];
    "live": HTMLElementTagNameMap["ul"];
    "alone": HTMLElementTagNameMap["p"];
    "remembered-section": HTMLElementTagNameMap["section"];
    "remembered": HTMLElementTagNameMap["ul"];
    "ended-section": HTMLElementTagNameMap["section"];
    "ended": HTMLElementTagNameMap["ul"];
  };
  "device-row": {
    "icon": SVGElementTagNameMap["path"];
    "name": HTMLElementTagNameMap["span"];
    "current": HTMLElementTagNameMap["span"];
    "seen": HTMLElementTagNameMap["p"];
    "more": HTMLElementTagNameMap["p"];
    "applications": HTMLElementTagNameMap["ul"];
    "end": HTMLElementTagNameMap["button"];
  };
  "application-row": {
    "name": HTMLElementTagNameMap["span"];
    "since": HTMLElementTagNameMap["span"];
    "end": HTMLElementTagNameMap["button"];
  };
  "activity-section": {
    "heading": HTMLElementTagNameMap["h1"];
    "problem": HTMLElementTagNameMap["p"];
    "list": HTMLElementTagNameMap["ul"];
    "empty": HTMLElementTagNameMap["p"];
  };
  "activity-row": {
    "row": HTMLElementTagNameMap["li"];
    "name": HTMLElementTagNameMap["span"];
    "times": HTMLElementTagNameMap["span"];
    "detail": HTMLElementTagNameMap["p"];
    "more": HTMLElementTagNameMap["p"];
  };
  "confirm-dialog": {
    "dialog": HTMLElementTagNameMap["dialog"];
    "title": HTMLElementTagNameMap["h2"];
    "text": HTMLElementTagNameMap["p"];
    "keep": HTMLElementTagNameMap["button"];
    "go": HTMLElementTagNameMap["button"];
  };
  "step-up-dialog": {
    "dialog": HTMLElementTagNameMap["dialog"];
    "form": HTMLElementTagNameMap["form"];
    "fields": HTMLElementTagNameMap["div"];
    "password-field": HTMLElementTagNameMap["div"];
    "code-field": HTMLElementTagNameMap["div"];
    "with-passkey": HTMLElementTagNameMap["div"];
    "or": HTMLElementTagNameMap["p"];
    "passkey": HTMLElementTagNameMap["button"];
    "nothing": HTMLElementTagNameMap["p"];
    "cancel": HTMLElementTagNameMap["button"];
  };
  "code-way": {
    "place": HTMLElementTagNameMap["div"];
    "label": HTMLElementTagNameMap["label"];
    "input": HTMLElementTagNameMap["input"];
    "hint": HTMLElementTagNameMap["small"];
  };
  "email-section": {
    "heading": HTMLElementTagNameMap["h1"];
    "email": HTMLElementTagNameMap["strong"];
    "verified": HTMLElementTagNameMap["span"];
    "unverified": HTMLElementTagNameMap["span"];
    "new-email": HTMLElementTagNameMap["p"];
    "change-email": HTMLElementTagNameMap["form"];
    "no-password": HTMLElementTagNameMap["p"];
    "change-password": HTMLElementTagNameMap["form"];
    "password-done": HTMLElementTagNameMap["p"];
    "data-problem": HTMLElementTagNameMap["p"];
    "export": HTMLElementTagNameMap["button"];
    "data-done": HTMLElementTagNameMap["p"];
    "delete-problem": HTMLElementTagNameMap["p"];
    "delete": HTMLElementTagNameMap["button"];
  };
  "delete-dialog": {
    "dialog": HTMLElementTagNameMap["dialog"];
    "email": HTMLElementTagNameMap["strong"];
    "form": HTMLElementTagNameMap["form"];
    "keep": HTMLElementTagNameMap["button"];
  };
  "sign-in-view": {
    "notice": HTMLElementTagNameMap["section"];
    "heading": HTMLElementTagNameMap["h1"];
    "form": HTMLElementTagNameMap["form"];
    "problem": HTMLElementTagNameMap["p"];
    "submit": HTMLElementTagNameMap["button"];
    "with-passkey": HTMLElementTagNameMap["div"];
    "passkey": HTMLElementTagNameMap["button"];
  };
  "second-factor-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "form": HTMLElementTagNameMap["form"];
    "with-passkey": HTMLElementTagNameMap["div"];
    "passkey": HTMLElementTagNameMap["button"];
    "back": HTMLElementTagNameMap["button"];
  };
  "register-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "form": HTMLElementTagNameMap["form"];
    "problem": HTMLElementTagNameMap["p"];
    "submit": HTMLElementTagNameMap["button"];
  };
  "look-at-mail-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "text": HTMLElementTagNameMap["p"];
  };
  "confirm-identity-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "problem": HTMLElementTagNameMap["p"];
    "email": HTMLElementTagNameMap["strong"];
    "confirm": HTMLElementTagNameMap["button"];
  };
  "sign-out-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "problem": HTMLElementTagNameMap["p"];
    "email": HTMLElementTagNameMap["strong"];
    "sign-out": HTMLElementTagNameMap["button"];
    "stay": HTMLElementTagNameMap["button"];
  };
  "forgot-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "form": HTMLElementTagNameMap["form"];
  };
  "reset-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "form": HTMLElementTagNameMap["form"];
    "account": HTMLElementTagNameMap["div"];
  };
  "verify-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "email": HTMLElementTagNameMap["strong"];
    "form": HTMLElementTagNameMap["form"];
  };
  "verify-password-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "form": HTMLElementTagNameMap["form"];
    "account": HTMLElementTagNameMap["div"];
    "no-password": HTMLElementTagNameMap["button"];
    "over": HTMLElementTagNameMap["form"];
  };
  "new-email-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "who": HTMLElementTagNameMap["p"];
    "email": HTMLElementTagNameMap["strong"];
    "new-email": HTMLElementTagNameMap["strong"];
    "form": HTMLElementTagNameMap["form"];
  };
  "outcome-view": {
    "heading": HTMLElementTagNameMap["h1"];
    "text": HTMLElementTagNameMap["p"];
    "link": HTMLElementTagNameMap["a"];
  };
  "sign-in-section": {
    "heading": HTMLElementTagNameMap["h1"];
    "verify-first": HTMLElementTagNameMap["p"];
    "passkeys-card": HTMLElementTagNameMap["section"];
    "passkeys-heading": HTMLElementTagNameMap["h2"];
    "passkeys-problem": HTMLElementTagNameMap["p"];
    "passkeys": HTMLElementTagNameMap["ul"];
    "no-passkeys": HTMLElementTagNameMap["p"];
    "add-passkey": HTMLElementTagNameMap["form"];
    "passkeys-unsupported": HTMLElementTagNameMap["p"];
  };
  "factor-card": {
    "heading": HTMLElementTagNameMap["h2"];
    "name": HTMLElementTagNameMap["span"];
    "on": HTMLElementTagNameMap["span"];
    "what": HTMLElementTagNameMap["p"];
    "problem": HTMLElementTagNameMap["p"];
    "left": HTMLElementTagNameMap["p"];
    "set-up": HTMLElementTagNameMap["button"];
    "codes": HTMLElementTagNameMap["button"];
    "off": HTMLElementTagNameMap["button"];
    "setup": HTMLElementTagNameMap["form"];
    "setup-heading": HTMLElementTagNameMap["h3"];
    "qr": HTMLElementTagNameMap["img"];
    "scan": HTMLElementTagNameMap["p"];
    "secret": HTMLElementTagNameMap["code"];
    "copy-secret": HTMLElementTagNameMap["button"];
    "open": HTMLElementTagNameMap["a"];
    "secret-copied": HTMLElementTagNameMap["p"];
    "code-label": HTMLElementTagNameMap["label"];
    "setup-cancel": HTMLElementTagNameMap["button"];
  };
  "passkey-row": {
    "name": HTMLElementTagNameMap["span"];
    "synced": HTMLElementTagNameMap["span"];
    "used": HTMLElementTagNameMap["p"];
    "more": HTMLElementTagNameMap["p"];
    "remove": HTMLElementTagNameMap["button"];
  };
  "recovery-codes-dialog": {
    "dialog": HTMLElementTagNameMap["dialog"];
    "codes": HTMLElementTagNameMap["ol"];
    "copy": HTMLElementTagNameMap["button"];
    "download": HTMLElementTagNameMap["button"];
    "kept": HTMLElementTagNameMap["p"];
    "done": HTMLElementTagNameMap["button"];
  };
}
